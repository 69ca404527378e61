"""What the command says that makes radio scripts."""

from __future__ import annotations

from typing import Final

TEXTS_SCRIPT: Final[dict[str, dict[str, str]]] = {
    "script": {
        "vi": "Làm bản đọc phát thanh của các bài, tệp Word và tệp chữ, vào thư mục an-pham/: chữ "
        "viết tắt, ngày, số, đơn vị viết ra như phát thanh viên đọc; chỗ chưa chắc kể ở đầu.\n\n"
        "SLUG: tên bài, một hay nhiều. Bài sẵn sàng đăng thì làm được, kể cả bài hẹn giờ.",
        "en": "Make radio scripts of stories, as Word and plain text, in the folder an-pham/: "
        "abbreviations, dates, numbers, units as an announcer reads them; what is unsure is listed "
        "at the head.\n\n"
        "SLUG: a story, or several. Ready stories have one, also those not due yet.",
    },
    "opt.words": {
        "vi": "Viết mọi con số bằng chữ, cả năm và số ngắn.",
        "en": "Write every number in words, years and short ones too.",
    },
    "opt.rate": {
        "vi": "Số tiếng đọc trong một phút (mặc định: radio_rate trong newsroom.yml, 200).",
        "en": "Syllables a minute (default: radio_rate in newsroom.yml, 200).",
    },
    "script-made": {
        "vi": "Đã làm {docx} và {text}: {length}.",
        "en": "Made {docx} and {text}: {length}.",
    },
}
