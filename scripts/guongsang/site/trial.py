"""The page of a story as it is typed: made by the table like any other, and kept nowhere.

Texts that are not saved stand in place of the files (`Project.typed`); what comes of them stays in
memory, for the run neither keeps nor publishes. Pictures that the page lacks go into the cache of
pictures, where they are known by the photo they are made of; no cards, which are drawn with words.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from guongsang.addresses import story_url
from guongsang.photos.cache import cached_file
from guongsang.photos.render import PhotoJob, render_photos
from guongsang.site.answers.newsroom import Newsroom
from guongsang.site.answers.outputs import plan_page, put_in_theme
from guongsang.site.answers.pages import unpack_page
from guongsang.site.sources.inputs import THEME
from guongsang.site.sources.look import FindFolders, Look, NeedsThemeError, open_store
from guongsang.site.sources.project import CACHE
from guongsang.site.update import Update
from guongsang.state.errors import MovedOnError
from guongsang.stories.scan import INDEX

_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """A page, and the files that it shows, by address: where their content lies."""

    html: bytes
    files: Mapping[str, Path]


def try_story(
    root: Path, site_dir: Path, src_uri: str, text: str, find_folders: FindFolders
) -> Trial | None:
    """Return the page of a preview in `site_dir` for a story with another text, normalised.

    None where it has no page. Raises NeedsThemeError where MkDocs has to be asked, StateError,
    MovedOnError and DamagedError where what is remembered cannot be read, what `find_folders`
    raises.
    """
    for _attempt in range(_TRIES - 1):
        with suppress(MovedOnError):  # a build has ended meanwhile
            return _try_once(root, site_dir, src_uri, text, find_folders)
    return _try_once(root, site_dir, src_uri, text, find_folders)


def _try_once(
    root: Path, site_dir: Path, src_uri: str, text: str, find_folders: FindFolders
) -> Trial | None:
    with open_store(root / CACHE) as store:
        look = Look(
            root,
            store,
            find_folders,
            previewing=True,
            site_dir=site_dir,
            workers=1,
            typed={src_uri: text},
        )
        return _make(look, story_url(src_uri), src_uri)


def _make(look: Look, url: str, src_uri: str) -> Trial | None:
    if look.setting_stamp is None:
        raise NeedsThemeError  # nothing has been built yet
    update = Update(look)
    found = update.check()
    if update.is_lost:
        return None
    update.leave_out(found.problems, found.unreadable)
    update.plan(None)
    if not update.has_page(url):
        return None
    update.put_theme(None)
    newsroom, run = update.newsroom, update.run
    run.visit(newsroom.kind("shell"))
    theme = run.ask(newsroom.kind(THEME))
    if not theme["is_plain"]:
        raise NeedsThemeError
    files = _make_files(newsroom, src_uri)
    page = unpack_page(url, run.ask(newsroom.kind("page"), url))
    output = plan_page(newsroom, run.ask, page)
    return Trial(put_in_theme(newsroom, run.ask, output, theme), files)


def _make_files(newsroom: Newsroom, src_uri: str) -> dict[str, Path]:
    """Make the pictures of a story that the cache lacks; return all its files by address."""
    pictures, slug = newsroom.pictures, src_uri.removesuffix(f"/{INDEX}").rpartition("/")[2]
    if slug not in pictures.stories:
        return {}  # its page tells what is wrong with it
    photo_dir = newsroom.project.photo_dir
    jobs = [
        PhotoJob(job.abs_source, replace(job.plan, card=None))
        for job in pictures.jobs[slug].values()
    ]
    render_photos(jobs, photo_dir, workers=newsroom.project.workers)
    folder = (newsroom.root / src_uri).parent
    files = {uri: folder / src for uri, src in pictures.list_media(slug).linked}
    for job in jobs:
        files |= {each.uri: cached_file(photo_dir, job.plan, each) for each in job.plan.files}
    return files
