"""What the commands say that make Word and Excel files."""

from __future__ import annotations

from typing import Final

TEXTS_OFFICE: Final[dict[str, dict[str, str]]] = {
    "report": {
        "vi": "Làm báo cáo sơ kết, tổng kết của một kỳ, vào thư mục an-pham/: tệp Word có số liệu, "
        "bảng, danh sách bài, so với kỳ trước dài bằng thế.\n\n"
        "PERIOD: một năm (2026), một quý (2026-Q2), một tháng (2026-05), hay từ đâu đến đâu "
        "(2026-01..2026-06).",
        "en": "Make the review of a period, in the folder an-pham/: a Word file with numbers, "
        "tables and the list of stories, against the period before of the same length.\n\n"
        "PERIOD: a year (2026), a quarter (2026-Q2), a month (2026-05), or from one to another "
        "(2026-01..2026-06).",
    },
    "opt.head": {
        "vi": "Đầu văn bản: state theo Nghị định 30/2020/NĐ-CP (mặc định), party theo Hướng dẫn "
        "36-HD/VPTW.",
        "en": "The letterhead: state after Decree 30/2020/NĐ-CP (default), party after Guidance "
        "36-HD/VPTW.",
    },
    "opt.xlsx": {
        "vi": "Thêm tệp Excel: mọi số liệu, có biểu đồ.",
        "en": "Add an Excel file: all the numbers, with charts.",
    },
    "report-made": {
        "vi": "Đã làm {path}: {stories} bài.",
        "en": "Made {path}: stories {stories}.",
    },
}
