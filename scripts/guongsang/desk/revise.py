"""What is done with a published story: correct it in the open, or retract it.

Everything is planned first, so that a form or a diff can show it; `write_edits` writes it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from guongsang.desk.change import change_body, change_keys
from guongsang.desk.fix import Mended
from guongsang.desk.refuse import RefusedError
from guongsang.desk.save import Opened, digest_text, open_story, replace_text
from guongsang.stories.scan import INDEX, STORIES

_TARGET: Final = re.compile(
    rf"(?:(?:{STORIES}/)?(?P<year>[0-9]{{4}})/)?(?P<key>[a-z0-9-]+)(?:/{INDEX})?"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A story with a correction. `in_text`: whether the words were replaced in its text, stand
    there as they should be already, or where somebody has to look."""

    edit: Mended
    in_text: Literal["changed", "already", "several", "missing"]


def find_story_file(root: Path, target: str) -> str:
    """Return the index.md that is meant by "con-chu", "2026/con-chu" or its path.

    Raises RefusedError where there is none, or more than one.
    """
    match = _TARGET.fullmatch(target.strip("/"))
    years = (match["year"] or "[0-9]*") if match else ""
    found = sorted((root / STORIES).glob(f"{years}/{match['key']}/{INDEX}")) if match else []
    if len(found) != 1:
        known = sorted(path.parent.name for path in (root / STORIES).glob(f"[0-9]*/*/{INDEX}"))
        near = difflib.get_close_matches(target, known) or known[:10]
        raise RefusedError("unknown", target=target, near=", ".join(near) or "–")
    return found[0].relative_to(root).as_posix()


def plan_correction(root: Path, path: str, was: str, now: str, today: dt.date) -> Correction:
    """Plan a correction: told to readers, and made in the text where its words stand once.

    Raises RefusedError.
    """
    was, now = was.strip(), now.strip()
    for what, text in (("--was", was), ("--now", now)):
        if not text:
            raise RefusedError("empty", what=what)
    if was == now:
        raise RefusedError("same", was=was)
    opened, front = _open(root, path)
    if front.get("status") == "retracted":
        raise RefusedError("retracted", path=path)
    if front.get("status") != "ready":
        raise RefusedError("not-published", path=path)
    told = front.get("corrections") or []
    item = {"date": today.isoformat(), "was": was, "now": now}
    changes = {"corrections": [*told, item], "updated": _latest(front, today)}
    text = change_keys(opened.text, changes, path)
    count = opened.body.count(was)
    # What is put right may hold what was wrong: "2 hộ" in "12 hộ".
    right = opened.body.count(now) if was in now else 0
    if count - right == 1 and not right:
        text = change_body(text, opened.body.replace(was, now), path)
        state: Literal["changed", "already", "several", "missing"] = "changed"
    elif count - right > 0:
        state = "several"
    else:
        state = "already" if now in opened.body else "missing"
    return Correction(Mended(path, opened.text, text, ()), state)


def plan_retraction(root: Path, path: str, reason: str, today: dt.date) -> Mended:
    """Plan that a story is withdrawn: its address keeps a page without name and title.

    Raises RefusedError.
    """
    reason = reason.strip()
    if not reason:
        raise RefusedError("empty", what="--reason")
    opened, front = _open(root, path)
    if front.get("status") == "retracted":
        raise RefusedError("retracted", path=path)
    if front.get("status") == "draft":
        raise RefusedError("draft", path=path)
    changes = {
        "status": "retracted",
        "retracted": {"date": today.isoformat(), "reason": reason},
    }
    return Mended(path, opened.text, change_keys(opened.text, changes, path), ())


def write_edits(root: Path, edits: Sequence[Mended], pages: Collection[str] = ()) -> None:
    """Write planned edits, each to a file that is still as it was, below stories/ or of `pages`.

    Where one fails, those before it are taken back. Raises RefusedError, OSError.
    """
    done: list[Mended] = []

    def replace(path: str, opened: str | None, text: str) -> None:
        replace_text(root, path, opened, text, path if path in pages else STORIES)

    try:
        for edit in edits:
            replace(edit.path, None if edit.is_new else digest_text(edit.before), edit.after)
            done.append(edit)
    except BaseException:
        for edit in reversed(done):
            if edit.is_new:
                (root / edit.path).unlink()
            else:
                replace(edit.path, digest_text(edit.after), edit.before)
        raise


def _open(root: Path, path: str) -> tuple[Opened, dict[str, Any]]:
    opened = open_story(root, path)
    if opened.front is None:
        change_keys(opened.text, {"status": "ready"}, path)  # says why
        raise RefusedError("style", path=path)
    return opened, opened.front


def _latest(front: dict[str, Any], today: dt.date) -> str:
    """Return the day of the last change; what is there stays if it is today's or ahead."""
    there = str(front.get("updated") or "")
    return there if there[:10] >= today.isoformat() else today.isoformat()
