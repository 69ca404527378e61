"""The list of all stories: one row each, small enough for ten thousand at once."""

from __future__ import annotations

import json
import math
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from guongsang.addresses import section_url
from guongsang.deploy.config import NAME as TARGETS
from guongsang.deskpage.asked import RefusedError
from guongsang.deskpage.state import read_instant, tell_state
from guongsang.problems.problem import Problem
from guongsang.registers.model import Registers
from guongsang.render.cloth import CLOTH_BOX, weave
from guongsang.site.overview import Overview, Told
from guongsang.site.sources.git import list_unsent, tell_head
from guongsang.stories.scan import INDEX, STORIES
from guongsang.stories.source import read_story_text
from guongsang.text.dates import read_now
from guongsang.yamlfile.parse import parse_yaml

# The version of what the preview shows, and its problems.
Shown = Callable[[], tuple[int, Sequence[Problem]]]
_PARTS: Final = 3  # of the path of a story's folder
# What a row tells, in this order: with ten thousand of them, names would be a third of the list.
_FIELDS: Final = (
    *("address", "title", "column", "names", "state", "at", "photo"),
    *("errors", "warnings", "unsent"),
)


class Listing:
    """What is known of all stories; looked at again when the preview shows something newer."""

    def __init__(self, root: Path, shown: Shown) -> None:
        self.root = root
        self._shown = shown
        self.overview = Overview(root)
        self._lock = threading.Lock()
        self._known: tuple[object, bytes] = (None, b"")
        self._next_due = math.inf

    @property
    def problems(self) -> Sequence[Problem]:
        """The problems that the preview shows now."""
        return self._shown()[1]

    def forget(self) -> None:
        """Look again when somebody asks next: what is sent has changed, and no file has."""
        with self._lock:
            self._known = (None, b"")

    def refresh(self) -> None:
        """Look again after a build, which may have read more than it shows: before anybody asks,
        that is quick for them."""
        with self._lock:
            self._known = (None, self._known[1])
        self.render()

    @property
    def version(self) -> int:
        """The version of what the preview shows now."""
        return self._shown()[0]

    @property
    def registers(self) -> Registers | None:
        """The registers as they were when somebody last looked."""
        self.render()
        return self.overview.registers

    def need_registers(self) -> Registers:
        """Return the registers. Raises RefusedError where newsroom.yml cannot be used."""
        registers = self.registers
        if registers is None:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-newsroom")
        return registers

    def render(self) -> bytes:
        """Return the list as JSON."""
        with self._lock:
            version, problems = self._shown()
            moment = read_now()
            state = (version, tell_head(self.root), (self.root / TARGETS).is_file())
            # A story that is due becomes another without any edit.
            if state != self._known[0] or moment.timestamp() >= self._next_due:
                is_fresh = self.overview.refresh()
                content = self._render(version, problems, moment.timestamp())
                self._known = (state if is_fresh else None, content)
                self._next_due = self._find_next_due(moment.timestamp())
            return self._known[1]

    def _render(self, version: int, problems: Sequence[Problem], now: float) -> bytes:
        unsent = list_unsent(self.root)
        registers = self.overview.registers
        errors, warnings = _count(problems, errors=True), _count(problems, errors=False)
        rows = []
        for uri, row in self._list_rows(now):
            folder = uri.removesuffix(f"/{INDEX}")
            row |= {"errors": errors[folder], "warnings": warnings[folder]}
            row["unsent"] = unsent is not None and folder in unsent
            rows.append([row[name] for name in _FIELDS])
        columns = registers.columns if registers else {}
        value = {
            "version": str(version),
            "hasGit": unsent is not None,
            "hasTargets": (self.root / TARGETS).is_file(),
            "columns": {key: each.name for key, each in columns.items()},
            "cloth": {key: weave(section_url("column", key)) for key in columns},
            "clothBox": CLOTH_BOX,
            "fields": _FIELDS,
            "rows": rows,
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def count_months(self) -> Counter[str]:
        """Count the public stories by month, as shelves have it: "2026/05"."""
        self.render()
        now = read_now().timestamp()
        heads = (told.head for told in self.overview.stories.values())
        return Counter(
            head.month
            for head in heads
            if tell_state(head.status, head.instant, now) == "published"
        )

    def _find_next_due(self, now: float) -> float:
        """Return when the next scheduled story is due, in seconds since 1970."""
        instants = (told.head.instant for told in self.overview.stories.values())
        return min((instant for instant in instants if instant > now), default=math.inf)

    def _list_rows(self, now: float) -> Iterator[tuple[str, dict[str, Any]]]:
        registers = self.overview.registers
        for uri, told in self.overview.stories.items():
            yield uri, _tell(uri, told, registers, now)
        for uri in self.overview.unreadable:
            yield uri, self._tell_unreadable(uri)

    def _tell_unreadable(self, uri: str) -> dict[str, Any]:
        """Return the row of a story that is not whole yet, as far as it can be read."""
        text = read_story_text(self.root / uri, uri)
        front = None if isinstance(text, Problem) else parse_yaml(text.front, uri).data
        told = front if isinstance(front, dict) else {}
        cover = told.get("cover")
        status = str(told.get("status", ""))
        return {
            "address": _address(uri),
            "title": str(told.get("title") or uri.split("/")[-2]),
            "column": str(told.get("column") or ""),
            "names": [],
            "state": "draft" if status == "draft" else "broken",
            "at": read_instant(str(told.get("date") or "")),
            "photo": str(cover.get("src") or "") if isinstance(cover, dict) else "",
        }


def _tell(uri: str, told: Told, registers: Registers | None, now: float) -> dict[str, Any]:
    head = told.head
    known = registers.honorees if registers else {}
    names = [known[key].name for key in head.honorees if key in known]
    return {
        "address": _address(uri),
        "title": told.title,
        "column": head.column,
        "names": [*names, *told.inline],
        "state": tell_state(head.status, head.instant, now),
        "at": head.instant,
        "photo": told.cover or "",
    }


def _address(uri: str) -> str:
    return uri.removeprefix(f"{STORIES}/").removesuffix(f"/{INDEX}")


def _count(problems: Sequence[Problem], *, errors: bool) -> Counter[str]:
    """Count problems by the folder of their story."""
    return Counter(
        "/".join(each.path.split("/")[:_PARTS]) for each in problems if each.is_error is errors
    )
