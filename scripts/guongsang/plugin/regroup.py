"""Files besides pages that follow from touched stories: which groups, and how they are made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guongsang.files import FileGroup, list_groups, text_group
from guongsang.pages.data import STORIES, patch_stories
from guongsang.pages.sitemap import SITEMAP, is_listed, patch_sitemap
from guongsang.plugin.relist import Relisted
from guongsang.plugin.touched import NotATouchUpError
from guongsang.plugin.touchup import PICTURES, TouchUp


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Lists groups of files with the stories as they are now."""

    touch_up: TouchUp
    relisted: Relisted
    site_dir: Path

    def list_groups(self, names: Collection[str]) -> dict[str, FileGroup]:
        """Return the groups of these names, which are to be made again; those of which each story
        has a part are made from what is published."""
        touch_up = self.touch_up

        def list_standing(title: str) -> Sequence[str]:
            name = f"files {title}"
            return () if name in names else touch_up.files_of(name)

        groups = list_groups(
            touch_up.archive,
            (),
            {},  # who tells them is patched
            cache_dir=touch_up.project.cache_dir,
            now=touch_up.project.now,
            inline_scripts=touch_up.setting.inline_scripts,
            measure=touch_up.pictures.measure,
            full_text=not touch_up.project.previewing,
            standing=list_standing,
        )
        patched = {"sitemap": self._patch_map, "stories": self._patch_data}
        found = {title: text_group(title, patch) for title, patch in patched.items()}
        others = (name for name in names if not name.startswith(("page ", PICTURES)))
        titles = {name.removeprefix("files ") for name in others}
        for group in groups:
            if titles <= found.keys():
                break  # fonts come last: to plan them takes long
            found.setdefault(group.name, group)
        return found

    def _patch_map(self) -> Mapping[str, bytes]:
        touch_up, relisted = self.touch_up, self.relisted
        public = {*touch_up.lists.public}
        changed = [change.src_uri for change in touch_up.changes if change.src_uri in public]
        stories = {story.url: story for story in map(touch_up.find_story, changed)}
        moved = (name.removeprefix("page ") for name in (*relisted.names, *relisted.gone))
        urls = {*stories, *moved, *(story.url for story in relisted.hidden)}
        again = {url: stories.get(url) for url in sorted(urls) if self._is_listed(url)}
        published = (self.site_dir / SITEMAP).read_bytes()
        files = patch_sitemap(touch_up.archive.content, published, again, urls - again.keys())
        if files is None:
            raise NotATouchUpError
        return files

    def _is_listed(self, url: str) -> bool:
        try:
            return is_listed(self.touch_up.page(url))
        except KeyError:
            return False

    def _patch_data(self) -> Mapping[str, bytes]:
        touch_up = self.touch_up
        changed = {change.src_uri for change in touch_up.changes}
        now = {
            uri: touch_up.find_story(uri) if uri in changed else None
            for uri in touch_up.lists.public
        }
        published = (self.site_dir / STORIES).read_bytes()
        before = touch_up.lists_before.public
        return {STORIES: patch_stories(touch_up.archive, published, before, now)}
