"""Posts of NukeViet 3.4 to 5, of the module of news in any language and under any name."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guongsang.intake.manuscript import UnreadableError
from guongsang.intake.old_sites.dump import Row, read_rows
from guongsang.intake.old_sites.posts import Category, Counted, Post, mend_encoding, to_moment

_TABLE: Final = re.compile(
    r"(?P<module>(?P<language>.+_[a-z]{2})_(?P<data>.+?))_"
    r"(?P<kind>rows|cat|detail|bodyhtml_\d+|bodytext|sources|tags|tags_id|author|authorlist)"
)
_MODULES: Final = re.compile(r"(?P<language>.+_[a-z]{2})_modules")
_NEEDED: Final = frozenset(("id", "title", "alias", "hometext", "catid"))
# What the states of a post are called in the report; of others their numbers.
STATES: Final = {
    0: "suspended",
    1: "published",
    2: "scheduled",
    3: "expired",
    4: "draft",
    5: "review",
    6: "rejected",
    7: "review",
    8: "review",
    9: "rejected",
    10: "review",
}


@dataclass(slots=True)
class _Module:
    """One module of news; rows by id, without their bodies."""

    path: str = ""
    language: str = ""
    rows: dict[str, Row] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    authors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tag_names: dict[str, str] = field(default_factory=dict)


class NukeViet:
    """A dump, read twice: what is small first, then the bodies, each by itself."""

    def __init__(self, path: Path, now: dt.datetime) -> None:
        self._path, self._now = path, now
        self.counted = Counted()
        self._modules: dict[str, _Module] = defaultdict(_Module)
        titles: dict[tuple[str, str], str] = {}
        for table, row in read_rows(path, _is_small):
            found = _TABLE.fullmatch(table)
            if found is not None:
                self._keep(self._modules[found["module"]], found["kind"], row)
            elif (listed := _MODULES.fullmatch(table)) is not None:
                titles[listed["language"], row.get("module_data") or ""] = row.get("title") or ""
        for name in [each for each, module in self._modules.items() if not module.rows]:
            del self._modules[name]
        if not self._modules:
            raise UnreadableError("no-posts")
        parts = {name: re.fullmatch(r"(.+_([a-z]{2}))_(.+?)", name) for name in self._modules}
        languages = {found[2] for found in parts.values() if found}
        for name, module in self._modules.items():
            found = parts[name]
            assert found is not None
            module.path = titles.get((found[1], found[3])) or found[3].replace("_", "-")
            # A site of several languages says in each address which one it is.
            module.language = f"/{found[2]}" if len(languages) > 1 else ""
            self._count(module)

    def list_categories(self) -> Counter[Category]:
        """Return the main categories of the published posts, with how many there are of each."""
        return Counter(
            module.categories[row.get("catid") or ""]
            for module in self._modules.values()
            for row in module.rows.values()
            if self._is_published(row) and (row.get("catid") or "") in module.categories
        )

    def posts(self) -> Iterator[Post]:
        """Yield the published posts, each as soon as its body is read."""
        done: set[tuple[str, str]] = set()
        for table, row in read_rows(self._path, _is_body):
            found = _TABLE.fullmatch(table)
            if found is None or found["module"] not in self._modules:
                continue
            module, identity = self._modules[found["module"]], row.get("id") or ""
            head = module.rows.get(identity)
            body = row.get("bodyhtml") or row.get("bodytext")
            is_new = (found["module"], identity) not in done
            if head is None or not is_new or not self._is_published(head):
                continue
            if found["kind"] == "bodytext":
                continue  # the same without its markup, for their search
            done.add((found["module"], identity))
            yield self._make(module, head, row, body or "")
        for name, module in self._modules.items():
            for identity, head in module.rows.items():
                if (name, identity) not in done and self._is_published(head):
                    body = head.get("bodyhtml") or head.get("bodytext") or ""
                    yield self._make(module, head, head, body)

    def _keep(self, module: _Module, kind: str, row: Row) -> None:
        if kind == "rows" and row.keys() >= _NEEDED:
            module.rows[row["id"] or ""] = row
        elif kind == "cat":
            key, name = row.get("alias") or "", mend_encoding(row.get("title"))
            module.categories[row.get("catid") or ""] = Category(key, name or key)
        elif kind == "sources":
            told = mend_encoding(row.get("title")), row.get("link") or ""
            module.sources[row.get("sourceid") or ""] = told
        elif kind == "tags":
            name = row.get("title") or (row.get("keywords") or "").split(",")[0]
            module.tag_names[row.get("tid") or ""] = mend_encoding(name)
        elif kind == "tags_id":
            said = mend_encoding(row.get("keyword"))
            said = said or module.tag_names.get(row.get("tid") or "", "")
            module.tags[row.get("id") or ""].append(said)
        elif kind == "authorlist":
            module.authors[row.get("id") or ""].append(mend_encoding(row.get("pseudonym")))

    def _count(self, module: _Module) -> None:
        for row in module.rows.values():
            self.counted.states[self._state(row)] += 1

    def _state(self, row: Row) -> str:
        status = int(row.get("status") or 0)
        if status != 1:
            return STATES.get(status, "locked" if status > 10 else str(status))
        published, expires = to_moment(row.get("publtime")), to_moment(row.get("exptime"))
        if published is not None and published > self._now:
            return "scheduled"
        return "expired" if expires is not None and expires <= self._now else "published"

    def _is_published(self, row: Row) -> bool:
        return self._state(row) == "published"

    def _make(self, module: _Module, head: Row, detail: Row, body: str) -> Post:
        identity, key = head.get("id") or "", head.get("alias") or ""
        moment = to_moment(head.get("publtime")) or to_moment(head.get("addtime")) or self._now
        wanted = [head.get("catid") or "", *(head.get("listcatid") or "").split(",")]
        categories = [module.categories[each] for each in wanted if each in module.categories]
        source = module.sources.get(head.get("sourceid") or "")
        sources = [source] if source else []
        said = mend_encoding(detail.get("sourcetext")).strip()
        if said and all(said not in pair for pair in sources):
            sources.append(("", said) if said.startswith(("http://", "https://")) else (said, ""))
        tags = [tag for tag in module.tags.get(identity, ()) if tag]
        if not tags:  # before there were tags, words were listed
            tags = [each.strip() for each in mend_encoding(head.get("keywords")).split(",")]
        authors = [mend_encoding(head.get("author")), *module.authors.get(identity, ())]
        image = head.get("homeimgfile") or ""
        if image and "://" not in image and not image.startswith("/"):
            image = f"{module.path}/{image}"
        where = categories[0].key if categories else ""
        return Post(
            identity=identity,
            title=mend_encoding(head.get("title")).strip(),
            key=key,
            moment=moment,
            categories=tuple(dict.fromkeys(categories)),
            lede=mend_encoding(head.get("hometext")),
            body=mend_encoding(body),
            image=image,
            caption=mend_encoding(head.get("homeimgalt")).strip(),
            authors=tuple(dict.fromkeys(each.strip() for each in authors if each.strip())),
            tags=tuple(dict.fromkeys(each for each in tags if each)),
            sources=tuple(sources),
            addresses=(
                f"{module.language}/{module.path}/{where}/{key}-{identity}.html".replace("//", "/"),
            ),
        )


def _is_small(table: str) -> bool:
    found = _TABLE.fullmatch(table)
    if found is None:
        return _MODULES.fullmatch(table) is not None
    return not found["kind"].startswith(("detail", "body"))


def _is_body(table: str) -> bool:
    found = _TABLE.fullmatch(table)
    return found is not None and found["kind"].startswith(("detail", "bodyhtml"))
