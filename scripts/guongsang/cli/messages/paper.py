"""What the commands say that make bulletins and posters."""

from __future__ import annotations

from typing import Final

TEXTS_PAPER: Final[dict[str, dict[str, str]]] = {
    "bulletin": {
        "vi": "Làm bản tin PDF để in, vào thư mục an-pham/.\n\n"
        "WHAT: một tháng (2026-11), một quý (2026-Q4), hay các bài theo thứ tự gõ (con-chu "
        "mot-giot-mau). Người nào ghi phạm vi đồng ý mà không có print thì bài của họ không in.",
        "en": "Make a bulletin as a PDF to be printed, in the folder an-pham/.\n\n"
        "WHAT: a month (2026-11), a quarter (2026-Q4), or stories in the order typed (con-chu "
        "mot-giot-mau). Stories of people whose consent has a scope without print are not printed.",
    },
    "poster": {
        "vi": "Làm áp phích khổ A4 của một bài, vào thư mục an-pham/: ảnh, tên, việc làm, khen "
        "thưởng, mã QR.",
        "en": "Make a poster in A4 of a story, in the folder an-pham/: photo, name, deed, award, "
        "QR code.",
    },
    "docx": {
        "vi": "Làm tệp Word của các bài để gửi công văn, vào thư mục an-pham/, mỗi bài một tệp.\n\n"
        "Có mau/bai.docx thì theo mẫu ấy. Người nào ghi phạm vi đồng ý mà không có print thì bài "
        "của họ không xuất.",
        "en": "Make Word files of stories for official mail, in the folder an-pham/, one for each."
        "\n\nWith mau/bai.docx in that template. Stories of people whose consent has a scope "
        "without print are not made.",
    },
    "docx-made": {"vi": "Đã làm {path}.", "en": "Made {path}."},
    "opt.size": {
        "vi": "Khổ giấy: a4 (mặc định) hay a5; với --booklet thì mặc định a5.",
        "en": "The size of a page: a4 (default) or a5; with --booklet a5 is the default.",
    },
    "opt.booklet": {
        "vi": "Thêm một tệp đã xếp trang để in hai mặt, gấp đôi, ghim giữa.",
        "en": "Add a file with the pages in order for printing on both sides, folding, stapling.",
    },
    "opt.title": {
        "vi": "Tên bản tin trên bìa (mặc định: tên tòa soạn trong newsroom.yml).",
        "en": "What the bulletin is called on its cover (default: the name in newsroom.yml).",
    },
    "paper-made": {
        "vi": "Đã làm {path}: {pages} trang, {stories} bài.",
        "en": "Made {path}: pages {pages}, stories {stories}.",
    },
    "paper-poster": {"vi": "Đã làm {path}.", "en": "Made {path}."},
    "paper-booklet": {
        "vi": "Đã xếp trang {path}: in hai mặt, lật theo cạnh ngắn, rồi gấp đôi. Bản đọc bằng máy "
        "đọc màn hình là tệp kia.",
        "en": "Imposed {path}: print on both sides, turned over the short edge, and fold. For "
        "screen readers there is the other file.",
    },
}
