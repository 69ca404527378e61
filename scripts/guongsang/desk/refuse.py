"""Why a file is not changed, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.problems.problem import Problem

_REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "unreadable": {
        "vi": "Chưa ghi gì: {path} có chỗ chương trình không đọc được. Dòng {line}: {message}",
        "en": "Nothing is written: {path} cannot be read. Line {line}: {message}",
    },
    "style": {
        "vi": "Chưa ghi gì: phần đầu của {path} có cách ghi mà chương trình không sửa thay được "
        "(dấu {{ }} bao cả phần đầu, hay một khóa ghi hai lần). Mỗi khóa ghi một dòng sát lề trái, "
        "ví dụ title: Con chữ lên Mù Cả",
        "en": "Nothing is written: the front matter of {path} is written in a way that the program "
        "cannot change (braces around all of it, or one key twice). Each key starts a line at the "
        "left margin, such as title: Con chữ lên Mù Cả",
    },
    "neighbours": {
        "vi": "Chưa ghi gì: sửa {keys} trong {path} sẽ làm đổi khóa khác. Hãy sửa tệp bằng trình "
        "soạn thảo.",
        "en": "Nothing is written: changing {keys} in {path} would change other keys. Use a text "
        "editor.",
    },
    "value": {
        "vi": "Chưa ghi gì: {key} có ký tự không ghi vào tệp được. Hãy gõ lại thay vì dán.",
        "en": "Nothing is written: {key} has characters that cannot be kept in the file. Type it "
        "instead of pasting it.",
    },
    "changed": {
        "vi": "Chưa ghi gì: {path} vừa được người khác hoặc chương trình khác sửa. "
        "Hãy xem lại bản mới rồi sửa tiếp.",
        "en": "Nothing is written: {path} has been changed meanwhile. Look at the new version "
        "first.",
    },
    "gone": {
        "vi": "Chưa ghi gì: {path} không còn nữa.",
        "en": "Nothing is written: {path} is gone.",
    },
    "outside": {
        "vi": "Không ghi vào {path}: chỉ ghi bài và sổ nằm trong thư mục stories/, không qua "
        "liên kết.",
        "en": "{path} is not written: only stories and registers below stories/ are, and not "
        "through links.",
    },
    "kept-inside": {
        "vi": "Chưa ghi gì: {path} nằm trong một kho git, thư của bạn đọc sẽ theo kho đi khắp nơi. "
        "Chọn thư mục khác: --keep DIR",
        "en": "Nothing is written: {path} lies in a git repository, which would carry readers' "
        "letters everywhere. Choose another folder: --keep DIR",
    },
    "kept-already": {
        "vi": "Chưa ghi gì: thư này đã cất ở {path}.",
        "en": "Nothing is written: this letter is kept in {path} already.",
    },
    "there": {
        "vi": "Chưa ghi gì: {path} đã có.",
        "en": "Nothing is written: {path} is already there.",
    },
    "unknown": {
        "vi": "Không có bài “{target}”, hoặc có hơn một. Có phải: {near}?",
        "en": "There is no story “{target}”, or more than one. Did you mean: {near}?",
    },
    "not-published": {
        "vi": "Chưa ghi gì: {path} chưa đăng, cứ sửa thẳng trong bài.",
        "en": "Nothing is written: {path} is not published, just change its text.",
    },
    "retracted": {
        "vi": "Chưa ghi gì: {path} đã gỡ rồi.",
        "en": "Nothing is written: {path} is retracted already.",
    },
    "draft": {
        "vi": "Chưa ghi gì: {path} là bài nháp, chưa ai đọc được nên không cần gỡ.",
        "en": "Nothing is written: {path} is a draft that nobody can read yet.",
    },
    "empty": {
        "vi": "Chưa ghi gì: thiếu {what}.",
        "en": "Nothing is written: {what} is missing.",
    },
    "same": {
        "vi": "Chưa ghi gì: “{was}” và câu sửa lại giống hệt nhau.",
        "en": "Nothing is written: “{was}” and what it becomes are the same.",
    },
    "key": {
        "vi": "Chưa ghi gì: “{value}” không làm địa chỉ được. Chỉ dùng chữ thường không dấu, số và "
        "dấu gạch nối, ví dụ {suggestion}",
        "en": "Nothing is written: “{value}” cannot be an address. Only small letters without "
        "marks, digits and hyphens, such as {suggestion}",
    },
    "taken": {
        "vi": "Chưa ghi gì: địa chỉ {key} đã là của {path}.",
        "en": "Nothing is written: the address {key} is that of {path}.",
    },
    "erased": {
        "vi": "Chưa ghi gì: địa chỉ {key} từng là của một bài đã xóa hẳn, không dùng lại được.",
        "en": "Nothing is written: {key} was the address of an erased story, never to be used "
        "again.",
    },
    "nobody": {
        "vi": "{path}: không có ai còn sống để ký phiếu. Ghi người ấy ở honorees trước; tập thể, "
        "hộ gia đình và người đã mất không cần phiếu.",
        "en": "{path}: there is nobody alive to sign. Enter the person at honorees first; "
        "collectives, households and the dead need no form.",
    },
    "erase-unknown": {
        "vi": "Không có bài hay hồ sơ “{target}”, hoặc có hơn một. Có phải: {near}?",
        "en": "There is no story or honoree “{target}”, or more than one. Did you mean: {near}?",
    },
    "erase-only-people": {
        "vi": "--with-stories chỉ đi cùng hồ sơ: nhan-vat/MÃ.",
        "en": "--with-stories goes with an honoree only: nhan-vat/KEY.",
    },
    "size": {
        "vi": "Chưa ghi gì: {path} sẽ dài hơn {limit} MB.",
        "en": "Nothing is written: {path} would be longer than {limit} MB.",
    },
}


class RefusedError(ValueError):
    """What was asked for is not done, and nothing was written. `reason` is a name of the table;
    `found` is what makes a file unreadable."""

    def __init__(self, reason: str, *, found: Problem | None = None, **args: object) -> None:
        super().__init__(reason, args, found)
        self.reason, self.found = reason, found
        self.args_told = {name: str(value) for name, value in args.items()}

    def message(self, lang: str = "vi") -> str:
        """Return the sentence that says why, in `vi` or `en`."""
        args = self.args_told
        if self.found is not None:
            found = self.found
            args = {
                **args,
                "path": found.path,
                "line": str(found.line),
                "message": f"{found.message(lang)} {found.hint(lang)}".strip(),
            }
        return _REASONS[self.reason][lang].format(**args)


def refuse_unreadable(found: Problem) -> RefusedError:
    """Return the error that says why a file cannot be read."""
    return RefusedError("unreadable", found=found)


class ChangedMeanwhileError(RefusedError):
    """The file is no longer as it was opened; `text` and `digest` are of what is there now."""

    def __init__(self, path: str, text: str, digest: str) -> None:
        super().__init__("changed", path=path)
        self.text, self.digest = text, digest
