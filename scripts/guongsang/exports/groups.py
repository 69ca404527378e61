"""What is published besides pages: pictures, feeds, data, sitemaps, files for servers, search.

Files come in groups, each made from few answers: a group whose answers have not changed is not made
again, unless one of its files must be published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guongsang.addresses import HONOUR_DATA, WORKER, is_switched_off
from guongsang.archive.archive import Archive
from guongsang.exports.data import render_honours
from guongsang.exports.feeds import Measure, list_feeds
from guongsang.exports.licences import render_notice
from guongsang.exports.redirects import nginx_locations, render_aliases, render_redirects
from guongsang.exports.servers import SECURITY_TXT, render_headers, render_security_txt
from guongsang.exports.sitemap import render_news
from guongsang.fonts import Font, cached_font, plan_fonts
from guongsang.pages.guide import guide_pictures, passages_uri, render_passages
from guongsang.pages.offline import render_worker
from guongsang.photos.emblem import publish_emblem
from guongsang.render.render import asset_files
from guongsang.search.plan import Standing, list_plans
from guongsang.text.dates import in_vietnam
from guongsang.views.brand import Brand
from guongsang.views.outputs import SiteFile

Texts = Callable[[], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files made together. `key` tells what decides about them besides the archive's answers."""

    name: str
    make: Callable[[], Sequence[SiteFile]]
    key: str = ""


def list_groups(
    archive: Archive,
    *,
    root: Path,
    cache_dir: Path,
    now: dt.datetime,
    inline_scripts: Sequence[str],
    measure: Measure,
    full_text: bool,
    standing: Standing,
) -> Iterator[FileGroup]:
    """Yield all files that are not pictures or attachments of a story, but for the sitemap and the
    data of the stories.

    `full_text` is whether the search is to know more than titles and names; `standing` tells the
    addresses of the files of a group, by name, that is as it was, and none of any other.
    """
    content = archive.content
    newsroom = content.registers.newsroom
    day = in_vietnam(now).date().isoformat()

    groups: Mapping[str, tuple[str, Texts]] = {
        "assets": ("", partial(asset_files, newsroom.accent)),
        "news": (day, partial(render_news, content, now)),
        "notice": ("", render_notice),
        "redirects": ("", partial(render_redirects, content)),
        "headers": (
            repr(inline_scripts),
            lambda: render_headers(content.site_url, inline_scripts, nginx_locations(content)),
        ),
    }
    for name, (key, render) in groups.items():
        yield text_group(name, render, key)
    if not is_switched_off(HONOUR_DATA, newsroom.switches):
        yield text_group("honours", lambda: {HONOUR_DATA: render_honours(archive)})
    for key, render in list_feeds(archive, measure):
        yield text_group(f"feeds {key}", render)
    yield FileGroup("aliases", lambda: [_text_file(*pair) for pair in render_aliases(content)])
    yield FileGroup("worker", partial(_text_files, partial(_render_worker, archive)))
    if content.brand.emblems:
        yield FileGroup("emblems", partial(_emblem_files, content.brand, root))
    if newsroom.security is not None:
        text = render_security_txt(newsroom.security, content.site_url)
        yield FileGroup("security", lambda: [_text_file(SECURITY_TXT, text)])
    if newsroom.switches.guide:
        yield text_group("guide", lambda: {passages_uri(): render_passages(), **guide_pictures()})
    if newsroom.switches.search:
        for name, plan in list_plans(archive, cache_dir, full_text=full_text, standing=standing):
            yield FileGroup(name, plan, str(full_text))
    for font in plan_fonts():
        make = partial(_font_files, font, cache_dir)
        yield FileGroup(f"font {font.stem}", make, font.made_from)


def text_group(name: str, render: Texts, key: str = "") -> FileGroup:
    """Return a group of files that are all text in memory."""
    return FileGroup(name, partial(_text_files, render), key)


def _text_files(render: Texts) -> list[SiteFile]:
    return [_text_file(uri, text) for uri, text in render().items()]


def _text_file(uri: str, text: bytes) -> SiteFile:
    return SiteFile(uri, text, _digest(text))


def _emblem_files(brand: Brand, root: Path) -> list[SiteFile]:
    """Return the newsroom's logo and icon: one file where both are the same."""
    return [
        SiteFile(each.uri, publish_emblem(root / each.path), each.uri) for each in brand.emblems
    ]


def _render_worker(archive: Archive) -> dict[str, bytes]:
    content = archive.content
    newsroom = content.registers.newsroom
    emblems = [each.uri for each in content.brand.emblems]
    worker = render_worker(
        [*asset_files(newsroom.accent), *emblems, *(font.uri for font in plan_fonts())],
        [story.url for story in content.retracted],
        is_on=newsroom.switches.offline,
    )
    return {WORKER: worker}


def _font_files(font: Font, cache_dir: Path) -> list[SiteFile]:
    """Return a font's file, its bytes in the cache: making them takes long, so it is done apart."""
    cached_font(font, cache_dir)
    return [SiteFile(font.uri, partial(cached_font, font, cache_dir), font.made_from)]


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
