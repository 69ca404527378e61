"""Letters of nomination: kept outside the repository, and a draft in it that names nobody.

A letter tells of people who may not know that it was written, and who wrote it. Git would keep that
for ever, so what enters the newsroom is the letter's number and the commune, nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from guongsang.desk.arrivals.begin import Beginning, Known, plan_beginning
from guongsang.desk.arrivals.guess import Guesser
from guongsang.desk.arrivals.take_in import write_folder
from guongsang.desk.find import Match
from guongsang.desk.refuse import RefusedError
from guongsang.intake.mail import MAIL, Letter, read_letter
from guongsang.pages.nominate import QUESTIONS, number_question
from guongsang.registers.model import Registers
from guongsang.stories.scan import STORIES

# Beside the newsroom's folder, by its name.
KEPT: Final = "thu-gioi-thieu"
_PREFIX: Final = "GT"
_LETTER: Final = "thu"
_READABLE: Final = "noi-dung.txt"
_NUMBERED: Final = re.compile(rf"{_PREFIX}-([0-9]{{4}})-([0-9]{{3,}})", re.IGNORECASE)
# Which of the questions asks where; with its number as the letter has it.
_WHERE: Final = 2
_QUOTE: Final = r"^[> \t]*"


@dataclass(frozen=True, slots=True)
class Nomination:
    """A letter to be kept in `folder`, a new one, and the draft that stands for it.

    `files` are what the folder will hold, by name; `is_inside` tells that the letter's own file
    lies in the newsroom.
    """

    number: str
    letter: Letter
    folder: Path
    files: dict[str, bytes]
    draft: Beginning
    is_inside: bool


def plan_nomination(
    root: Path, file: Path, registers: Registers, today: dt.date, keep: Path | None = None
) -> Nomination:
    """Plan to take a letter in; nothing is written.

    `keep` is the folder of all letters, by default one beside the newsroom. Raises OSError,
    UnreadableError, and RefusedError: "kept-inside" where git would take the letters along, and
    "kept-already" for one that was taken in before.
    """
    content = file.read_bytes()
    letter = read_letter(content, file.name)
    kept = (keep or root.parent / f"{root.name}-{KEPT}").resolve()
    _refuse_repository(root, kept)
    suffix = PurePath(file.name).suffix.lower()
    for before in sorted(kept.glob(f"*/{_LETTER}{suffix}")):
        if before.read_bytes() == content:
            raise RefusedError("kept-already", path=before.parent)
    number = _next_number(root, kept, today.year)
    files = {f"{_LETTER}{suffix}": content}
    if suffix == MAIL:
        files[_READABLE] = _write_readable(letter).encode()
    draft = plan_beginning(
        Known(f"Thư giới thiệu {number}", places=_find_places(letter.text, registers)),
        registers,
        today,
    )
    is_inside = file.resolve().is_relative_to(root.resolve())
    return Nomination(number, letter, kept / number, files, draft, is_inside)


def take_nomination(root: Path, plan: Nomination) -> None:
    """Keep the letter, readable by its owner only, and write the draft; both or neither.

    Raises OSError and ThereAlreadyError.
    """
    plan.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = plan.folder.with_name(f".{plan.folder.name}.tmp")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        staged.mkdir(mode=0o700)
        for name, content in plan.files.items():
            path = staged / name
            path.touch(mode=0o600)
            path.write_bytes(content)
        staged.rename(plan.folder)
        try:
            write_folder(root, plan.draft.path, plan.draft.files)
        except BaseException:
            shutil.rmtree(plan.folder)
            raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _refuse_repository(root: Path, kept: Path) -> None:
    is_inside = kept.is_relative_to(root.resolve())
    if is_inside or any((each / ".git").exists() for each in (kept, *kept.parents)):
        raise RefusedError("kept-inside", path=kept)


def _next_number(root: Path, kept: Path, year: int) -> str:
    """Return a number that neither a letter nor a draft has."""
    names = [*kept.glob(f"{_PREFIX}-*"), *(root / STORIES).glob(f"*/*{_PREFIX.lower()}-*")]
    found = (_NUMBERED.search(each.name) for each in names)
    used = [int(match[2]) for match in found if match and int(match[1]) == year]
    return f"{_PREFIX}-{year}-{max(used, default=0) + 1:03}"


def _find_places(text: str, registers: Registers) -> list[Match]:
    """Return the one present unit that the letter's answer names, if no doubt is left."""
    where = _read_answer(text, _WHERE) or text
    units = list(Guesser(registers).find_places(where))
    return [Match(units[0][0], units[0][1], units[0][1])] if len(units) == 1 else []


def _read_answer(text: str, number: int) -> str:
    """Return what stands between a question and the next, however the mail was quoted."""
    asked = [re.escape(number_question(at, each)) for at, each in enumerate(QUESTIONS, start=1)]
    begins, ends = asked[number - 1], asked[number]
    found = re.search(rf"(?ms){_QUOTE}{begins}[ \t]*\n(.*?){_QUOTE}{ends}", text)
    return found[1].strip() if found else ""


def _write_readable(letter: Letter) -> str:
    return "\n".join(_list_lines(letter))


def _list_lines(letter: Letter) -> Iterator[str]:
    yield f"Từ: {letter.sender or '–'}"
    yield f"Ngày: {letter.date:%d/%m/%Y}" if letter.date else "Ngày: –"
    yield f"Tiêu đề: {letter.subject or '–'}"
    if letter.attachments:
        yield f"Tệp kèm theo, mở bằng chương trình thư: {', '.join(letter.attachments)}"
    yield ""
    yield letter.text
    yield ""
