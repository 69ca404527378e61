"""Why nothing is made for the office, and where to look at what is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.desk.papers.refuse_paper import REASONS as PAPER_REASONS
from guongsang.office.errors import OfficeError
from guongsang.speech.script import Doubt

_REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "library": {
        "vi": "Thiếu thư viện để làm tệp Word, Excel. Cài: pip install 'guongsang[office]'",
        "en": "The library for Word and Excel files is missing. Install it: pip install "
        "'guongsang[office]'",
    },
    "period": {
        "vi": "“{typed}” không phải một kỳ báo cáo. Gõ một năm, quý, tháng, hay từ đâu đến đâu: "
        "2026, 2026-Q2, 2026-05, 2026-01..2026-06",
        "en": "“{typed}” is no period. Type a year, a quarter, a month, or from one to another: "
        "2026, 2026-Q2, 2026-05, 2026-01..2026-06",
    },
    "unreadable": PAPER_REASONS["unreadable"],
    "not-ready": {
        "vi": "Chưa làm gì: bài {slug} chưa sẵn sàng đăng, hoặc đã gỡ.",
        "en": "Nothing is made: {slug} is not ready, or retracted.",
    },
    "language": {
        "vi": "Chưa làm gì: bài {slug} viết bằng tiếng khác ({lang}); bản đọc chỉ có cho tiếng "
        "Việt.",
        "en": "Nothing is made: {slug} is written in another language ({lang}); scripts are for "
        "Vietnamese only.",
    },
    "problems": PAPER_REASONS["problems"],
    "outside": PAPER_REASONS["outside"],
    "template": {
        "vi": "Chưa làm gì: mẫu {path} có lỗi. {message}",
        "en": "Nothing is made: the template {path} fails. {message}",
    },
    "no-place": {
        "vi": "Chưa làm gì: mẫu {path} không có đoạn nào chỉ ghi {mark}, là chỗ của bài.",
        "en": "Nothing is made: no paragraph of the template {path} holds {mark} and nothing else, "
        "where the story goes.",
    },
    "no-word": {
        "vi": "Chưa làm gì: {path} không phải tệp Word .docx. Mở bằng Word, lưu lại dạng .docx.",
        "en": "Nothing is made: {path} is no Word file. Open it in Word and save it as .docx.",
    },
}
_UNTITLED: Final[Mapping[str, str]] = {
    "vi": "Bài {slug} được đếm nhưng không ghi tít: phạm vi đồng ý không có print. Hỏi lại rồi ghi "
    "print vào scope.",
    "en": "{slug} is counted but its title is left out: the scope of a consent lacks print. Ask, "
    "then add print to the scope.",
}
_DOUBT: Final[Mapping[str, str]] = {
    "vi": "Xem trước khi đọc: {written} → {read} ({why}).",
    "en": "Look before it is read: {written} → {read} ({why}).",
}


def explain_office(error: OfficeError, lang: str) -> str:
    """Return on one line why nothing is made."""
    return _REASONS[error.reason][lang].format(**error.told)


def tell_untitled(slug: str, lang: str) -> str:
    """Return on one line which story a report counts without its title."""
    return _UNTITLED[lang].format(slug=slug)


def tell_doubt(doubt: Doubt, lang: str) -> str:
    """Return on one line what in a radio script can be read otherwise."""
    return _DOUBT[lang].format(written=doubt.written, read=doubt.read, why=doubt.tell_why(lang))
