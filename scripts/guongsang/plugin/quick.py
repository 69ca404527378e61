"""From stories that were touched to the site: what follows is made and published."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from guongsang.checks.release import read_ledger
from guongsang.memory.outline import Outline
from guongsang.memory.snapshot import Inputs, Recalled
from guongsang.memory.store import DamagedValueError
from guongsang.memory.templates import recall_templates
from guongsang.pipeline.collisions import may_collide
from guongsang.pipeline.project import Project
from guongsang.plugin.known import Known, Said
from guongsang.plugin.relist import (
    Relisted,
    keep_lists,
    keep_related,
    note_pages,
    refuse_namesakes,
    relist,
)
from guongsang.plugin.remake import Remaking
from guongsang.plugin.shell import load_shells
from guongsang.plugin.touched import (
    NotATouchUpError,
    Touched,
    keep_content,
    list_touched,
    unpack_setting,
)
from guongsang.plugin.touchup import TouchUp
from guongsang.problems.problem import Problem, plain_problem
from guongsang.publish.manifest import Manifest
from guongsang.publish.scratch import make_scratch
from guongsang.publish.transfer import Published, publish_part
from guongsang.registers.paths import LEDGER
from guongsang.stories.scan import INDEX

# What is wrong with these is told by the check of all stories together.
_OF_SITE: Final = ("GS235", "GS243", "GS519", "GS802", "GS803", "GS804", "GS805", "GS808")
# This is told by the walk through all folders.
_MISPLACED: Final = "GS236"
_LOST: Final = "GS822"


def build_touched(
    inputs: Inputs,
    recalled: Recalled,
    known: Known,
    outline: Outline,
    *,
    manifest: Manifest,
    stands: Callable[[], bool],
    strict: bool,
) -> tuple[Known, Published] | None:
    """Build what follows from the stories that were touched since; None, and nothing is published,
    where a whole build is needed. `stands` tells whether the published site is as it was left."""
    root = inputs.config_file.parent
    setting = unpack_setting(outline.about)
    project = Project(root, setting.docs_dir, inputs.now, previewing=setting.previewing)
    try:
        uris = list_touched(root, recalled.changed)
        touch_up = TouchUp(project, setting, outline, Touched(*known.touched))
        for uri in uris:
            touch_up.read(uri, keep_content(recalled.stamps(str(root / uri))))
        checked, relisted = _look_at(touch_up, known)
        if strict and checked:
            return None
        if not stands():
            return None
        published = publish_touched(touch_up, relisted, manifest, Path(known.site_dir))
        keep_related(touch_up)
    except (NotATouchUpError, DamagedValueError, OSError):
        return None  # the whole build does it, or says what keeps it from doing so
    # A story that is not due yet will be then, though nothing has changed.
    instants = [change.story.head.instant for change in touch_up.changes if change.story]
    moments = [dt.datetime.fromtimestamp(each, dt.UTC) for each in instants]
    until = min((recalled.until, *(each for each in moments if each > project.now)))
    known = known._replace(
        manifest_state=manifest.tell_state(),
        stories=known.stories + relisted.stories,
        pages=known.pages + relisted.pages,
        checked=checked,
        unpublished=_list_unpublished(project, known, relisted),
        touched=touch_up.touched.plain(),
    )
    inputs.keep(recalled.seen, until, tuple(known))
    return known, published


def _look_at(touch_up: TouchUp, known: Known) -> tuple[list[Said], Relisted]:
    """Check the stories and find what follows; also returns the problems that there are now."""
    changes = touch_up.changes
    _refuse_judged(touch_up, [Problem(*each) for each, _ in known.checked])
    refuse_namesakes(touch_up)
    is_of_lists = any(change.is_of_lists for change in changes)
    relisted = relist(touch_up) if is_of_lists else keep_lists(touch_up)
    checked = known.checked
    for uri, problems in touch_up.check().items():
        checked = _replace_said(checked, uri, problems)
    note_pages(touch_up, relisted)
    gone = {url for url, is_there in touch_up.touched.addresses.items() if not is_there}
    if gone:
        _refuse_lost(touch_up.project, gone)
        # It brings along all checks of a newsroom as a whole.
        from guongsang.pipeline.check import check_written  # noqa: PLC0415

        found = check_written(touch_up.project, touch_up.addresses)
        if {plain_problem(each) for each in found} - {each for each, _ in checked}:
            raise NotATouchUpError
    return checked, relisted


def _refuse_lost(project: Project, gone: Iterable[str]) -> None:
    """Raise NotATouchUpError where one of these addresses is listed as published."""
    ledger = project.root / LEDGER
    text = ledger.read_text("utf-8", errors="replace") if ledger.is_file() else ""
    listed = {address.strip("/") for _, address in read_ledger(text)}
    if not listed.isdisjoint(url.strip("/") for url in gone):
        raise NotATouchUpError


def _refuse_judged(touch_up: TouchUp, problems: Iterable[Problem]) -> None:
    """Raise NotATouchUpError where a problem of several stories may be another one now."""
    if any(found.rule == _LOST for found in problems):
        raise NotATouchUpError  # which story it names depends on all of them
    uris = {change.src_uri for change in touch_up.changes if change.before != change.now}
    folders = tuple(change.src_uri.removesuffix(INDEX) for change in touch_up.changes)
    for found in problems:
        if found.rule == _MISPLACED and found.path.startswith(folders):
            raise NotATouchUpError
        if found.rule in _OF_SITE and not uris.isdisjoint((found.path, *dict(found.args).values())):
            raise NotATouchUpError
        is_of_guide = found.path.endswith(".md") and not found.path.startswith("stories/")
        if is_of_guide and any(change.is_of_lists for change in touch_up.changes):
            raise NotATouchUpError


def publish_touched(
    touch_up: TouchUp, relisted: Relisted, manifest: Manifest, site_dir: Path
) -> Published:
    """Make what follows anew, and publish what differs.

    Raises NotATouchUpError before anything is published, and OSError.
    """
    setting, cache_dir = touch_up.setting, touch_up.project.cache_dir
    recall_templates(cache_dir)
    shells = load_shells(cache_dir, setting.shared, setting.targets, previewing=setting.previewing)
    questions = {question for change in touch_up.changes for question in change.questions}
    names = touch_up.who_asked(questions | relisted.questions) | relisted.names
    scratch = make_scratch(site_dir)
    try:
        remade = Remaking(touch_up, relisted, shells, manifest, site_dir, scratch).remake(names)
        others = (uri for uri in manifest.entries if uri not in remade.gone)
        if remade.new and may_collide(remade.new, others):
            raise NotATouchUpError
        return publish_part(scratch, site_dir, manifest, remade.staged, remade.gone)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _list_unpublished(
    project: Project, known: Known, relisted: Relisted
) -> dict[str, float | None]:
    """Return the addresses that only a preview has, each with its moment."""
    hidden = {story.url for story in relisted.hidden}
    found = {url: at for url, at in known.unpublished.items() if url not in hidden}
    for story in relisted.shown:
        if not story.is_public(project.now):
            is_ready = story.head.status == "ready"
            found[story.url] = float(story.head.instant) if is_ready else None
    return found


def _replace_said(said: Sequence[Said], src_uri: str, found: Iterable[Problem]) -> list[Said]:
    """Return what was said with the problems of one story as they are now, in their order."""
    folder = src_uri.removesuffix("index.md")
    others = [Problem(*each) for each, _ in said if not isinstance(each, str)]
    others = [each for each in others if not each.path.startswith(folder) or each.rule in _OF_SITE]
    problems = sorted({*others, *found})
    return [(plain_problem(each), logging.WARNING) for each in problems]
