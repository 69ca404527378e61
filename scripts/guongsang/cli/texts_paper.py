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
    "paper-blurred": {
        "vi": "Ảnh {src} của bài {slug} in rộng {millimetres} mm chỉ nét {dpi} dpi, cần "
        "{least}: thay ảnh lớn hơn.",
        "en": "The photo {src} of {slug}, {millimetres} mm wide, has {dpi} dpi only and needs "
        "{least}: take a larger one.",
    },
    "paper-draft": {"vi": "Không in {slug}: bài nháp.", "en": "{slug} is not printed: a draft."},
    "paper-retracted": {
        "vi": "Không in {slug}: bài đã gỡ.",
        "en": "{slug} is not printed: it is retracted.",
    },
    "paper-ahead": {
        "vi": "Không in {slug}: chưa đến giờ đăng.",
        "en": "{slug} is not printed: it is not due yet.",
    },
    "paper-consent": {
        "vi": "Không in {slug}: phạm vi đồng ý không có print ({who}). Hỏi lại rồi ghi print vào "
        "scope.",
        "en": "{slug} is not printed: the scope of a consent lacks print ({who}). Ask, then add "
        "print to the scope.",
    },
    "paper-refused": {
        "vi": "Chưa làm gì: có bài không được in.",
        "en": "Nothing is made: not all of these may be printed.",
    },
    "paper-empty": {
        "vi": "Chưa làm gì: {period} không có bài nào in được.",
        "en": "Nothing is made: {period} has no story that may be printed.",
    },
    "paper-mixed": {
        "vi": "Gõ một tháng, một quý, hoặc các bài, không gõ lẫn; ví dụ: guongsang bulletin "
        "2026-11",
        "en": "Type a month, a quarter, or stories, not several of these, such as: guongsang "
        "bulletin 2026-11",
    },
    "paper-unreadable": {
        "vi": "Chưa làm gì: không đọc được {path}. Chạy guongsang check để biết vì sao.",
        "en": "Nothing is made: {path} cannot be read. guongsang check says why.",
    },
    "paper-problems": {
        "vi": "Chưa làm gì: sửa các lỗi trên trước, như khi dựng trang.",
        "en": "Nothing is made: mend the errors above first, as before a build.",
    },
    "paper-address": {
        "vi": "Chưa làm gì: mkdocs.yml chưa có địa chỉ thật của trang ở site_url; mã QR in ra sẽ "
        "không dẫn tới đâu.",
        "en": "Nothing is made: mkdocs.yml lacks the real address of the site at site_url, and the "
        "QR codes would lead nowhere.",
    },
    "paper-library": {
        "vi": "Thiếu thư viện để in. Cài: pip install 'guongsang[paper]'",
        "en": "The library for paper is missing. Install it: pip install 'guongsang[paper]'",
    },
    "paper-letters": {
        "vi": "Chưa làm gì: phông chữ không có {found}. Thay bằng chữ khác.",
        "en": "Nothing is made: no font has {found}. Use other letters.",
    },
    "paper-picture": {
        "vi": "Chưa làm gì: ảnh {path} không dùng được. {vi}",
        "en": "Nothing is made: the photo {path} cannot be used. {en}",
    },
    "paper-template": {
        "vi": "Chưa làm gì: mẫu trong thư mục mau/ có lỗi. {message}",
        "en": "Nothing is made: a template in the folder mau/ fails. {message}",
    },
    "paper-outside": {
        "vi": "Chưa làm gì: {path} là liên kết dẫn ra ngoài thư mục tòa soạn.",
        "en": "Nothing is made: {path} is a link that leads out of the newsroom's folder.",
    },
}
