"""Why a package of a story is not taken in, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.desk.refuse import RefusedError

REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "no-zip": {
        "vi": "{name} không phải gói bài, hoặc đã hỏng trên đường gửi. Nhờ người gửi xuất gói lại.",
        "en": "{name} is no package of a story, or was damaged on its way. Ask for another one.",
    },
    "locked": {
        "vi": "{name} có đặt mật khẩu nên không mở được. Nhờ người gửi xuất gói lại.",
        "en": "{name} asks for a password and cannot be opened. Ask for another one.",
    },
    "large": {
        "vi": "{name} mở ra quá lớn ({path}): gói bài nhiều nhất {limit} MB.",
        "en": "Unpacked, {name} is too large ({path}): at most {limit} MB.",
    },
    "many": {
        "vi": "{name} có quá nhiều tệp: gói bài nhiều nhất {limit} tệp.",
        "en": "{name} holds too many files: a package has at most {limit}.",
    },
    "path": {
        "vi": "{name} có tệp {path} không thuộc một gói bài nên không nhận. Gói bài chỉ có một thư "
        "mục stories/<năm>/<tên bài>/ và sổ của nó.",
        "en": "{name} holds {path}, which belongs to no package of a story. A package has one "
        "folder stories/<year>/<slug>/ and its registers.",
    },
    "link": {
        "vi": "{name} có {path} là một liên kết tắt nên không nhận.",
        "en": "{name} holds a link, {path}, so it is not taken in.",
    },
    "twice": {
        "vi": "{name} có hai tệp cùng tên {path} nên không nhận.",
        "en": "{name} holds two files named {path}, so it is not taken in.",
    },
    "type": {
        "vi": "{name} có {path} không đúng loại tệp như tên của nó, hoặc là loại không dùng cho "
        "bài.",
        "en": "{name} holds {path}, which is not what its name says, or of no use in a story.",
    },
    "photo": {
        "vi": "{name}: ảnh {path} không dùng được: {why}",
        "en": "{name}: the photo {path} cannot be used: {why}",
    },
    "unreadable": {
        "vi": "{name}: {path} dòng {line}: {why}",
        "en": "{name}: {path} line {line}: {why}",
    },
    "no-story": {
        "vi": "{name} không có bài nào bên trong.",
        "en": "There is no story in {name}.",
    },
    "several": {
        "vi": "{name} có hơn một bài; mỗi gói chỉ một bài.",
        "en": "{name} holds more than one story; a package has one.",
    },
    "there": {
        "vi": "Đã có bài ở {path} nên không nhận {name}: bài đang có không bị ghi đè. Muốn nhận "
        "bản trong gói thì đổi địa chỉ bài đang có trước.",
        "en": "There is a story at {path} already, which is never written over, so {name} is not "
        "taken in. Move that story to another address first.",
    },
}


class PackError(RefusedError):
    """A package is not taken in, and nothing was written. `reason` is a name of the table."""

    def message(self, lang: str = "vi") -> str:
        args = dict(self.args_told)
        if self.found is not None:
            args |= {"why": self.found.message(lang), "line": str(self.found.line)}
        return REASONS[self.reason][lang].format(**args)
