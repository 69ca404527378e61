"""What editors make for paper: which stories may be printed, and where the files go.

Files go to an-pham/, which git ignores; what was made is written into the register of prints,
for paper cannot be called back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeVar
from urllib.parse import urlsplit

from guongsang.addresses import section_url
from guongsang.archive.archive import Archive
from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.checks.people.print_scope import find_unprintable
from guongsang.desk.papers.printed import FOLDED, POSTER, find_way_out, write_prints
from guongsang.desk.revise import find_story_file
from guongsang.paper.errors import PaperError
from guongsang.paper.making import Press, Printed, make_bulletin, make_poster
from guongsang.paper.period import read_issue
from guongsang.paper.typesetting import need_library
from guongsang.registers.prints import Print, digest_printed
from guongsang.site.showing import Showing, show_newsroom
from guongsang.site.sources.look import FindFolders
from guongsang.stories.links import judge_way
from guongsang.stories.model import Story

# The newsroom's own templates, and what they show.
OWN_TEMPLATES: Final = "mau"
_OWN_KINDS: Final = (".typ", ".svg", ".png", ".jpg", ".jpeg")
BULLETIN: Final = "ban-tin"

T = TypeVar("T")
Why = Literal["draft", "retracted", "ahead", "consent"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that is not printed. `who` has agreed to be shown elsewhere, but not on paper."""

    slug: str
    why: Why
    who: str = ""


class NotPrintedError(PaperError):
    """Nothing is printed because of stories that may not be; `left_out` are all of them."""

    def __init__(self, reason: str, left_out: tuple[LeftOut, ...], **told: object) -> None:
        super().__init__(reason, **told)
        self.left_out = left_out


@dataclass(frozen=True, slots=True)
class Choice:
    """What a bulletin holds. `number` stands on its cover, `name` is that of its file."""

    stories: tuple[Story, ...]
    left_out: tuple[LeftOut, ...]
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Made:
    """Files below the newsroom's folder, the pages of the first, and what came out unsharp."""

    paths: tuple[str, ...]
    printed: Printed


def show_for_print(
    root: Path,
    find_folders: FindFolders,
    find_site_url: Callable[[], str | None],
    make: Callable[[Showing], T],
) -> T:
    """Return what `make` makes for paper of the stories as readers see them.

    Raises PaperError: "library" where Typst is not installed, "address" where the site has none
    yet; and what the other functions raise.
    """
    need_library()
    site_url = find_site_url()
    if site_url is None or urlsplit(site_url).hostname == BLANK_HOST:
        raise PaperError("address")  # a code on paper cannot be mended
    return show_newsroom(root, find_folders, site_url, make)


def choose_bulletin(showing: Showing, wanted: Sequence[str], size: str) -> Choice:
    """Choose what "2026-11", "2026-Q4" or stories by name mean.

    Of a period everything is taken that may be printed, oldest first; stories by name in the order
    typed, and none of them may be left out: that raises
    NotPrintedError ("refused"), as a period without stories does ("empty"). Raises PaperError
    ("mixed") for both in one, and RefusedError for what is not there.
    """
    archive = _need_archive(showing)
    issues = [read_issue(each) for each in wanted]
    if any(issues):
        issue = issues[0]
        if issue is None or len(issues) > 1:
            raise PaperError("mixed")
        months, name = issue.period.months, issue.period.name
        found = [each for each in showing.list_stories() if each.head.month in months]
        stories, left_out = _judge(found, archive, showing)
        if not stories:
            raise NotPrintedError("empty", left_out, period=name)
        return Choice(stories, left_out, f"{BULLETIN}-{name}-{size}", issue.words)
    stories = choose_stories(showing, archive, wanted)
    told = hashlib.sha256(" ".join(each.slug for each in stories).encode()).hexdigest()
    return Choice(stories, (), f"{BULLETIN}-chon-{told[:8]}-{size}", "")


def choose_stories(showing: Showing, archive: Archive, wanted: Sequence[str]) -> tuple[Story, ...]:
    """Return stories by name in the order typed, each once.

    Raises NotPrintedError ("refused") with those that may not be printed, PaperError
    ("unreadable"), and RefusedError for what is not there.
    """
    found = list({each.slug: each for each in (_find(showing, each) for each in wanted)}.values())
    stories, left_out = _judge(found, archive, showing, in_order=True)
    if left_out:
        raise NotPrintedError("refused", left_out)
    return stories


def print_bulletin(
    showing: Showing, choice: Choice, *, title: str | None, size: str, booklet: bool
) -> Made:
    """Make a bulletin and write it. Raises OSError and PaperError, as `make_bulletin` does."""
    archive = _need_archive(showing)
    printed = make_bulletin(
        _open_press(showing, archive),
        choice.stories,
        title=title or archive.registers.newsroom.name,
        number=choice.number,
        size=size,
        booklet=booklet,
    )
    files = {f"{choice.name}.pdf": printed.pdf}
    if printed.booklet is not None:
        files[f"{choice.name}-{FOLDED}.pdf"] = printed.booklet
    return _write(showing, choice.name, choice.stories, files, printed)


def print_poster(showing: Showing, wanted: str) -> Made:
    """Make a story's poster and write it. Raises OSError and PaperError."""
    archive = _need_archive(showing)
    (story,) = choose_stories(showing, archive, [wanted])
    printed = make_poster(_open_press(showing, archive), story)
    files = {f"{POSTER}-{story.slug}.pdf": printed.pdf}
    return _write(showing, POSTER, [story], files, printed)


def _need_archive(showing: Showing) -> Archive:
    if showing.archive is None:
        raise PaperError("problems")
    return showing.archive


def _find(showing: Showing, wanted: str) -> Story:
    """Return the story that "con-chu", "2026/con-chu" or its path means.

    Raises RefusedError where there is none, and PaperError ("unreadable").
    """
    path = find_story_file(showing.project.root, wanted)
    found = next((each for each in showing.list_stories() if each.src_uri == path), None)
    if found is None:
        raise PaperError("unreadable", path=path)
    return found


def _judge(
    found: Iterable[Story], archive: Archive, showing: Showing, *, in_order: bool = False
) -> tuple[tuple[Story, ...], tuple[LeftOut, ...]]:
    stories, left_out = [], []
    for story in found:
        reasons = list(_find_reasons(story, archive, showing.project.now))
        left_out += reasons
        stories += [] if reasons else [story]
    if not in_order:
        stories.sort(key=lambda story: (story.instant, story.slug))
    return tuple(stories), tuple(sorted(left_out, key=lambda each: each.slug))


def _find_reasons(story: Story, archive: Archive, now: dt.datetime) -> Iterator[LeftOut]:
    """Yield why a story may not be printed."""
    if story.head.status == "retracted":
        yield LeftOut(story.slug, "retracted")
    elif story.head.status != "ready":
        yield LeftOut(story.slug, "draft")
    elif not story.is_public(now):
        yield LeftOut(story.slug, "ahead")
    else:
        who = ", ".join(dict.fromkeys(find_unprintable(story.front, archive.registers)))
        if who:
            yield LeftOut(story.slug, "consent", who)


def _open_press(showing: Showing, archive: Archive) -> Press:
    project = showing.project
    own = _read_own(project.root)
    return Press(archive, showing.jobs, project.photo_dir, own, project.workers)


def _read_own(root: Path) -> dict[str, bytes]:
    """Return the newsroom's own templates by name. Raises PaperError ("outside") for a link that
    leads out of the newsroom."""
    own = {}
    folder = root / OWN_TEMPLATES
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        if not name.lower().endswith(_OWN_KINDS) or name.startswith("."):
            continue
        path = f"{OWN_TEMPLATES}/{name}"
        if any(each.is_error for each in judge_way(root, path)):
            raise PaperError("outside", path=path)
        own[name] = (root / path).read_bytes()
    return own


def _write(
    showing: Showing,
    name: str,
    stories: Sequence[Story],
    files: dict[str, bytes],
    printed: Printed,
) -> Made:
    root = showing.project.root
    if path := find_way_out(root):
        raise PaperError("outside", path=path)
    told = dict.fromkeys(digest_printed(each) for each in list_addresses(stories))
    kept = Print(showing.project.now.date(), name, tuple(told))
    return Made(write_prints(root, kept, files), printed)


def list_addresses(stories: Iterable[Story]) -> Iterator[str]:
    """Yield the addresses of stories and of their registered honorees."""
    for story in stories:
        yield story.url
        yield from (section_url("honoree", key) for key in story.head.honorees)
