"""The ledger follows a story that becomes ready, or a draft again before anybody has sent it."""

from __future__ import annotations

from pathlib import Path

from guongsang.checks.newsroom.release import read_ledger
from guongsang.desk.fix import Mended, add_to_ledger
from guongsang.desk.revise import write_edits
from guongsang.desk.save import open_text
from guongsang.registers.paths import LEDGER
from guongsang.site.sources.git import list_unsent, read_objects


def note_status(root: Path, address: str, status: object) -> None:
    """Put the address of a story, "/2026/con-chu/", into the ledger when it is ready; take it out
    when it is a draft and git knows no published version of the ledger with it.

    Without git nobody knows what was published: then it stays. Raises RefusedError, OSError.
    """
    is_new = not (root / LEDGER).is_file()
    before = "" if is_new else open_text(root, LEDGER)
    after = before
    if status == "ready":
        after = add_to_ledger(before, [address])
    elif status == "draft" and list_unsent(root) is not None and not _is_sent(root, address):
        listed = {number for number, each in read_ledger(before) if each == address}
        lines = before.splitlines(keepends=True)
        after = "".join(line for number, line in enumerate(lines, 1) if number not in listed)
    if after != before:
        write_edits(root, [Mended(LEDGER, before, after, (), is_new=is_new)])


def _is_sent(root: Path, address: str) -> bool:
    raw = next(iter(read_objects(root, [f"HEAD:./{LEDGER}"])), None)
    text = (raw or b"").decode(errors="replace")
    return any(each == address for _, each in read_ledger(text))
