"""From stories that were touched to the site: what follows is made and published."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.memory.outline import Outline
from guongsang.memory.snapshot import Inputs, Recalled
from guongsang.memory.templates import recall_templates
from guongsang.memory.workers import work_aside
from guongsang.pages.data import STORIES, patch_stories
from guongsang.pages.outputs import SiteFile
from guongsang.pages.sitemap import SITEMAP, patch_sitemap
from guongsang.pipeline.check import check_all_doc_links
from guongsang.pipeline.project import Project
from guongsang.plugin.known import Known, Said
from guongsang.plugin.relist import (
    Relisted,
    keep_lists,
    note_pages,
    refuse_namesakes,
    relist,
    take_related,
)
from guongsang.plugin.shell import Shells, load_shells
from guongsang.plugin.touched import (
    NotATouchUpError,
    Touched,
    keep_content,
    list_touched,
    unpack_setting,
)
from guongsang.plugin.touchup import PICTURES, Render, TouchUp
from guongsang.problems.problem import Problem, plain_problem
from guongsang.publish.manifest import Entry, Manifest
from guongsang.publish.transfer import Published, publish_part, stage_file

# Groups of files whose contents are not all in memory when they are planned.
_NOT_TEXT: Final = ("files font ", "files search")
# What is wrong with these is told by the check of all stories together.
_OF_SITE: Final = ("GS235", "GS519", "GS802", "GS803", "GS804", "GS805", "GS808")


def build_touched(
    inputs: Inputs,
    recalled: Recalled,
    known: Known,
    outline: Outline,
    *,
    load_manifest: Callable[[], Manifest],
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
        manifest = load_manifest()
        if not stands():
            return None
        published = publish_touched(touch_up, relisted, manifest, Path(known.site_dir))
    except (NotATouchUpError, OSError):
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
    if not all(touch_up.touched.addresses.values()):
        found = check_all_doc_links(touch_up.project, touch_up.addresses)
        if {plain_problem(each) for each in found} - {each for each, _ in checked}:
            raise NotATouchUpError
    return checked, relisted


def _refuse_judged(touch_up: TouchUp, problems: Iterable[Problem]) -> None:
    """Raise NotATouchUpError where a problem of several stories may be another one now."""
    uris = {change.src_uri for change in touch_up.changes if change.before != change.now}
    for found in problems:
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
    take_related(touch_up, relisted)
    questions = {question for change in touch_up.changes for question in change.questions}
    names = touch_up.who_asked(questions | relisted.questions) | relisted.names
    names -= relisted.gone
    is_published = partial(manifest.is_fresh, site_dir)
    touch_up.make_pictures(names, is_published)
    files, gone = _plan(touch_up, names, relisted, shells, site_dir)
    _refuse_collisions(manifest, files, gone)
    stale = [file for file in files if not _stands(manifest, file)]
    scratch = site_dir.parent / f".{site_dir.name}.guongsang"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        staged: dict[str, Entry] = {}
        for file in stale:
            content = file.source() if callable(file.source) else file.source
            staged[file.uri] = stage_file(scratch, file.uri, content, file.made_from)
        return publish_part(scratch, site_dir, manifest, staged, gone)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _plan(
    touch_up: TouchUp, names: set[str], relisted: Relisted, shells: Shells, site_dir: Path
) -> tuple[list[SiteFile], set[str]]:
    """Return the files that follow, and the addresses that have none any more."""
    if f"page {NOT_FOUND}" in names:
        raise NotATouchUpError  # the theme has a say in it
    gone: set[str] = set()
    for name in relisted.gone:
        kind, _, rest = name.partition(" ")
        if kind == "page" and rest in touch_up.setting.targets:
            raise NotATouchUpError  # the navigation leads there
        gone |= {output_uri(rest)} if kind == "page" else touch_up.replace_files(name)
    groups = {name for name in names if name.startswith("files ")}
    others = {name for name in groups if name.startswith((PICTURES, *_NOT_TEXT))}
    patched = _plan_patches(touch_up, relisted, site_dir)
    texts = groups - others
    plan_texts = partial(touch_up.plan_texts, texts, patched)
    workers = touch_up.project.workers if texts else 1
    wait_for_texts = work_aside(plan_texts, workers=workers)
    files = list(touch_up.plan_pages(names - groups, shells))
    for made, had in (*touch_up.plan_files(others), *touch_up.take_texts(wait_for_texts())):
        files += made
        gone |= had
    return files, gone - {file.uri for file in files}


def _plan_patches(touch_up: TouchUp, relisted: Relisted, site_dir: Path) -> Mapping[str, Render]:
    """Return how those files are made of which each story has a part, from the published ones."""
    archive = touch_up.archive
    changed = {change.src_uri for change in touch_up.changes}
    public = {*touch_up.lists.public}
    urls = {touch_up.find_story(uri).url for uri in changed if uri in public}
    urls.update(story.url for story in relisted.hidden)

    def patch_map() -> Mapping[str, bytes]:
        published = (site_dir / SITEMAP).read_bytes()
        files = patch_sitemap(archive.content, touch_up.list_pages(), published, urls)
        if files is None:
            raise NotATouchUpError
        return files

    def patch_data() -> Mapping[str, bytes]:
        published = (site_dir / STORIES).read_bytes()
        numbers = enumerate(touch_up.lists_before.public)
        known = {uri: number for number, uri in numbers if uri not in changed}
        return {STORIES: patch_stories(archive, published, known)}

    return {"sitemap": patch_map, "stories": patch_data}


def _refuse_collisions(manifest: Manifest, files: Sequence[SiteFile], gone: set[str]) -> None:
    """Raise NotATouchUpError where a new file may get in the way of another one."""
    new = {file.uri for file in files if file.uri not in manifest.entries}
    if not new:
        return
    taken = {uri.casefold() for uri in manifest.entries.keys() - gone}
    folders = {uri.rsplit("/", 1)[0].casefold() for uri in new if "/" in uri}
    kept_folders = {uri.removesuffix("/index.html") for uri in taken}
    named = [uri.casefold() for uri in new]
    if len({*named}) < len(named) or not taken.isdisjoint((*named, *folders)):
        raise NotATouchUpError
    if not kept_folders.isdisjoint(named):
        raise NotATouchUpError


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


def _stands(manifest: Manifest, file: SiteFile) -> bool:
    entry = manifest.get(file.uri)
    return entry is not None and entry.made_from == file.made_from
