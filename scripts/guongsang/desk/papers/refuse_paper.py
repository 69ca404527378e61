"""Why nothing is printed, who is left out, and which photo is not sharp, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.desk.papers.printing import LeftOut
from guongsang.paper.errors import PaperError
from guongsang.paper.making import LEAST_DPI
from guongsang.paper.typesetting import Blurred

REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "refused": {
        "vi": "Chưa làm gì: có bài không được in.",
        "en": "Nothing is made: not all of these may be printed.",
    },
    "empty": {
        "vi": "Chưa làm gì: {period} không có bài nào in được.",
        "en": "Nothing is made: {period} has no story that may be printed.",
    },
    "mixed": {
        "vi": "Gõ một tháng, một quý, hoặc các bài, không gõ lẫn; ví dụ: guongsang bulletin "
        "2026-11",
        "en": "Type a month, a quarter, or stories, not several of these, such as: guongsang "
        "bulletin 2026-11",
    },
    "unreadable": {
        "vi": "Chưa làm gì: không đọc được {path}. Chạy guongsang check để biết vì sao.",
        "en": "Nothing is made: {path} cannot be read. guongsang check says why.",
    },
    "problems": {
        "vi": "Chưa làm gì: sửa các lỗi trên trước, như khi dựng trang.",
        "en": "Nothing is made: mend the errors above first, as before a build.",
    },
    "address": {
        "vi": "Chưa làm gì: mkdocs.yml chưa có địa chỉ thật của trang ở site_url; mã QR in ra sẽ "
        "không dẫn tới đâu.",
        "en": "Nothing is made: mkdocs.yml lacks the real address of the site at site_url, and the "
        "QR codes would lead nowhere.",
    },
    "library": {
        "vi": "Thiếu thư viện để in. Cài: pip install 'guongsang[paper]'",
        "en": "The library for paper is missing. Install it: pip install 'guongsang[paper]'",
    },
    "letters": {
        "vi": "Chưa làm gì: phông chữ không có {found}. Thay bằng chữ khác.",
        "en": "Nothing is made: no font has {found}. Use other letters.",
    },
    "picture": {
        "vi": "Chưa làm gì: ảnh {path} không dùng được. {vi}",
        "en": "Nothing is made: the photo {path} cannot be used. {en}",
    },
    "template": {
        "vi": "Chưa làm gì: mẫu trong thư mục mau/ có lỗi. {message}",
        "en": "Nothing is made: a template in the folder mau/ fails. {message}",
    },
    "outside": {
        "vi": "Chưa làm gì: {path} là liên kết dẫn ra ngoài thư mục tòa soạn.",
        "en": "Nothing is made: {path} is a link that leads out of the newsroom's folder.",
    },
}
_LEFT_OUT: Final[Mapping[str, Mapping[str, str]]] = {
    "draft": {"vi": "Không in {slug}: bài nháp.", "en": "{slug} is not printed: a draft."},
    "retracted": {
        "vi": "Không in {slug}: bài đã gỡ.",
        "en": "{slug} is not printed: it is retracted.",
    },
    "ahead": {
        "vi": "Không in {slug}: chưa đến giờ đăng.",
        "en": "{slug} is not printed: it is not due yet.",
    },
    "consent": {
        "vi": "Không in {slug}: phạm vi đồng ý không có print ({who}). Hỏi lại rồi ghi print vào "
        "scope.",
        "en": "{slug} is not printed: the scope of a consent lacks print ({who}). Ask, then add "
        "print to the scope.",
    },
}
_BLURRED: Final[Mapping[str, str]] = {
    "vi": "Ảnh {src} của bài {slug} in rộng {millimetres} mm chỉ nét {dpi} dpi, cần "
    "{least}: thay ảnh lớn hơn.",
    "en": "The photo {src} of {slug}, {millimetres} mm wide, has {dpi} dpi only and needs "
    "{least}: take a larger one.",
}


def explain_paper(error: PaperError, lang: str) -> str:
    """Return on one line why nothing is printed."""
    return REASONS[error.reason][lang].format(**error.told)


def tell_left_out(left_out: LeftOut, lang: str) -> str:
    """Return on one line which story is not printed, and why."""
    return _LEFT_OUT[left_out.why][lang].format(slug=left_out.slug, who=left_out.who)


def tell_blurred(blurred: Blurred, lang: str) -> str:
    """Return on one line which photo is too small for its place on paper."""
    return _BLURRED[lang].format(**blurred._asdict(), least=LEAST_DPI)
