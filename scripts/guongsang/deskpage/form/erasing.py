"""A story is erased: first the page shows what would go, then its address has to be typed."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from guongsang.desk.erasing.erase_report import format_erasure
from guongsang.desk.erasing.erase_whole import PlannedErasure, erase_planned, plan_erasure
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json, refuse_write
from guongsang.deskpage.form.trying import Trials
from guongsang.deskpage.places import StoryPlace, find_place
from guongsang.problems.problem import Problem
from guongsang.site.sources.look import FindFolders
from guongsang.site.sources.project import Project
from guongsang.stories.scan import STORIES
from guongsang.text.dates import read_now


class Erasing:
    """Does what `guongsang erase` does, by the same functions."""

    def __init__(self, root: Path, find_folders: FindFolders, trials: Trials, lang: str) -> None:
        self.root, self.lang = root, lang
        self._find_folders, self._trials = find_folders, trials

    def plan(self, asked: Asked) -> Reply:
        """Send what would go and what is out of reach, or else what is in the way."""
        place = find_place(self.root, asked.query.get("story", ""))
        planned = self._plan(self._open_project(), place)
        if planned.left:
            return Reply.of({"slug": place.slug, "left": tell_problems(planned.left, self.lang)})
        return Reply.of({"slug": place.slug, "report": self._report(planned, dry_run=True)})

    def erase(self, asked: Asked) -> Reply:
        """Erase a story whose slug has been typed; send the report of it. Waits for a build."""
        place = find_place(self.root, asked.query.get("story", ""))
        if read_json(asked).get("slug") != place.slug:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-slug", slug=place.slug)
        project = self._open_project()
        planned = self._plan(project, place)
        if planned.left:
            raise RefusedError(HTTPStatus.CONFLICT, "refused-left")
        failed = erase_planned(project, planned, self._find_folders)
        if failed is not None:
            text = f"{failed.message(self.lang)} {failed.hint(self.lang)}"
            raise RefusedError(HTTPStatus.CONFLICT, "refused-write", text=text)
        self._trials.forget(place)
        return Reply.of({"report": self._report(planned, dry_run=False)})

    def _open_project(self) -> Project:
        folders = self._find_folders()
        return Project(self.root, folders.docs_dir, read_now(), folders.theme_dir)

    def _plan(self, project: Project, place: StoryPlace) -> PlannedErasure:
        try:
            return plan_erasure(project, place.address)
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None

    def _report(self, planned: PlannedErasure, *, dry_run: bool) -> str:
        return format_erasure(planned.erasure, self.lang, read_now().date(), dry_run=dry_run)


def tell_problems(problems: Iterable[Problem], lang: str) -> list[dict[str, Any]]:
    """Return problems as the page lists them; `story` is the address of the one that has it."""
    return [
        {
            "message": each.message(lang),
            "hint": each.hint(lang),
            "path": each.path,
            "line": each.line,
            "story": _find_story(each.path),
        }
        for each in problems
    ]


def _find_story(path: str) -> str | None:
    """Return the address of the story that a file belongs to."""
    top, *parts = path.split("/")
    return "/".join(parts[:2]) if top == STORIES and len(parts) > 2 and parts[0].isdigit() else None
