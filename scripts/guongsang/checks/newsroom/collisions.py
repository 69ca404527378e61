"""GS243, GS801, GS805: no two outputs may have one address.

Names that differ in letter case only are one on Windows, and no folder may have the name of a file:
old addresses and pages written by hand can ask for both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from guongsang import addresses
from guongsang.addresses import alias_query, alias_url, output_uri
from guongsang.checks.severity import soften
from guongsang.checks.sheet import Sheet
from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.yamlfile.positions import FieldPath, Positions

# Returns the positions in the front matter of the story at a path; costly, so asked for late.
Locate = Callable[[str], Positions]

# What a folder or a file may be called at most, in UTF-8: more no common system can hold.
MAX_NAME_BYTES: Final = 255
MAX_PATH_BYTES: Final = 1000
_OLDER_PAGES: Final = "/trang/"
# Folders that keep names for files to come.
_RESERVED: Final = (*(f"{name}/" for name in addresses.FOLDERS), addresses.GUIDE_PICTURES)


def check_addresses(
    stories: Sequence[Story], registers: Registers, docs: Mapping[str, str], locate: Locate
) -> Iterator[Problem]:
    """Yield what is wrong with the addresses that editors ask for, of stories with drafts last.

    `docs` are the files that docs/ publishes, by address, each with its path.
    """
    if not docs and not any(_is_draft(story) or story.head.aliases for story in stories):
        return
    own = addresses.GUIDE_URLS & docs.keys()
    taken = _Taken(each for each in _list_generated(stories, registers) if each[0] not in own)
    for url, path in docs.items():
        other = taken.claim(output_uri(url), path)
        if other is not None:
            yield problem("GS801", path, url=f"/{url}", first=other, second=path)
    for story in stories:
        yield from _check_story(story, taken, locate)


def _check_story(story: Story, taken: _Taken, locate: Locate) -> Iterator[Problem]:
    if _is_draft(story):
        other = taken.claim(output_uri(story.url), story.src_uri)
        if other is not None:
            yield tell_at(story, locate, "GS805", (), alias=f"/{story.url}", other=other)
    seen = set[str]()
    for n, alias in enumerate(story.head.aliases):
        uri, query = output_uri(alias_url(alias)), alias_query(alias)
        if query:
            other = taken.claim_query(f"{uri}?{query}", story.src_uri)
            if other is not None:
                yield tell_at(story, locate, "GS805", ("aliases", n), alias=alias, other=other)
            continue
        longest = max(len(part.encode()) for part in uri.split("/"))
        if longest > MAX_NAME_BYTES or len(uri.encode()) > MAX_PATH_BYTES:
            args = {"alias": f"{alias[:60]}…", "most": MAX_NAME_BYTES, "bytes": longest}
            yield tell_at(story, locate, "GS243", ("aliases", n), **args)
        elif uri not in seen:
            other = taken.find_reserved(uri) or taken.claim(uri, story.src_uri)
            if other is not None:
                yield tell_at(story, locate, "GS805", ("aliases", n), alias=alias, other=other)
        seen.add(uri)


class _Taken:
    """The files that the site has, folded, each with whose it is."""

    def __init__(self, generated: Iterable[tuple[str, str]]) -> None:
        self._owners: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._queries: dict[str, str] = {}
        self._lists: set[str] = set()
        for url, owner in generated:
            self._owners.setdefault(output_uri(url).casefold(), owner)
        self._generated = frozenset(self._owners)

    def claim(self, uri: str, owner: str) -> str | None:
        """Note a file; return whose it is already, or whose file or folder is in its way."""
        folded = uri.casefold()
        parents = list(_folders(folded))
        other = self._owners.get(folded) or self._folders.get(folded)
        ways = (self._owners.get(parent) for parent in parents)
        other = other or next((way for way in ways if way), None)
        if other is None:
            self._owners[folded] = owner
            self._folders.update(dict.fromkeys(parents, owner))
        return other

    def claim_query(self, address: str, owner: str) -> str | None:
        """Note an address that only servers lead on from; return whose it is if not this one's."""
        other = self._queries.setdefault(address, owner)
        return None if other == owner else other

    def find_reserved(self, uri: str) -> str | None:
        """Return the folder that keeps names for files to come, or the list that will be longer."""
        folded = uri.casefold()
        folder = next(filter(folded.startswith, _RESERVED), None)
        if folder is not None and "." in folded.removeprefix(folder).rpartition("/")[0]:
            return f"/{folder}"
        home, mark, number = folded.removesuffix("/index.html").rpartition(_OLDER_PAGES)
        is_page = bool(mark) and number.isascii() and number.isdigit()
        return f"/{home}/" if is_page and f"{home}/index.html" in self._generated else None


def tell_at(story: Story, locate: Locate, rule: str, where: FieldPath, **args: object) -> Problem:
    """Make a problem at a field of a story, a warning for a draft."""
    sheet = Sheet(story.src_uri, partial(locate, story.src_uri))
    return soften(sheet.at(rule, where, None, **args), story)


def _is_draft(story: Story) -> bool:
    return story.head.status == "draft"


def _folders(uri: str) -> Iterator[str]:
    while "/" in uri:
        uri = uri.rpartition("/")[0]
        yield uri


def _list_generated(stories: Sequence[Story], registers: Registers) -> Iterator[tuple[str, str]]:
    """Yield the addresses that stories and registers give the site, each with whose it is.

    Also those that it may have one day: every record of a register can get a page.
    """
    keeping = [story for story in stories if not _is_draft(story)]
    yield from ((story.url, story.src_uri) for story in keeping)
    fixed = {*addresses.story_addresses((), registers), *addresses.FIXED, addresses.OFFLINE}
    shelves = {shelf for story in keeping for shelf in addresses.shelves_of(story)}
    shelves |= {
        (kind, key)
        for kind, register in (
            ("column", registers.columns),
            ("field", registers.fields),
            ("deed", registers.deeds),
            ("place", registers.places),
            ("honoree", registers.honorees),
            ("author", registers.authors),
            ("series", registers.series),
        )
        for key in register
    }
    lists = [addresses.shelf_url(*shelf) for shelf in shelves]
    columns = [addresses.section_url("column", key) for key in registers.columns]
    feeds = (f"{column}{name}" for column in columns for name in addresses.FEEDS)
    for url in (*fixed, *lists, *feeds, *addresses.LONE_FILES):
        yield url, f"/{url}"
