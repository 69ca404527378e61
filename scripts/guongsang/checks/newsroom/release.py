"""GS82x: the publishing gate, asked for by `check --release`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from guongsang.addresses import alias_query, alias_url
from guongsang.checks.newsroom.heirs import Heirs
from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem, problem
from guongsang.registers.paths import LEDGER
from guongsang.stories.model import Story

# A line of the ledger that keeps the digest of an address which must never be used again.
ERASED: Final = "# erased: "

# What an editor types to fill in later. Omissions as writers mark them, “rồi…”, (…) and […], touch
# something; numbers like XXX and insertions like [năm 1959] are no placeholders either.
_EDGE: Final = r"(?<![\w/.@#-])"
_BLANKS: Final = (
    r"họ(?: và)? tên",
    r"tên(?: (?:người|nhân vật|bài|tác giả|xã|bản|đơn vị|trường))?",
    r"tuổi|ngày(?: tháng)?|năm|địa chỉ|địa danh|chức vụ|đơn vị|số|name|date|place",
    r"xem lại chữ",  # where `import` was not sure of old letters
)
_PLACEHOLDER: Final = re.compile(
    r"(?<!\S)(?:…|\.{3,})(?!\S)"
    rf"|{_EDGE}(?:TODO|FIXME|TBD|x{{3,}}|Xx{{2,}}|X{{4,}}|(?i:lorem ipsum)|lorem)(?![\w/@-])"
    rf"|(?i:\[ ?(?:{'|'.join(_BLANKS)}) ?\])(?![\[(:])"
)
_OLDER_PAGE: Final = re.compile(r"trang/[0-9]+/?$")
_FILE: Final = re.compile(r"[^/]+\.[a-z0-9]+$")


def check_placeholders(case: Case) -> Iterator[Problem]:
    """Yield GS820 for what was to be filled in later in a story that is ready."""
    if case.front.status != "ready":
        return
    for offset, found in find_placeholders(case.whole):
        yield case.at_offset("GS820", offset, found=found)


def check_approval(case: Case) -> Iterator[Problem]:
    """Yield GS834 for a ready story that nobody has released, where the newsroom wants that."""
    wanted = case.lookup.registers.newsroom.switches.approval
    if wanted and case.front.status == "ready" and case.front.approved is None:
        yield case.at("GS834", "status")


def find_placeholders(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of each placeholder."""
    for hit in _PLACEHOLDER.finditer(text):
        yield hit.start(), hit[0]


def check_lost(text: str, stories: Sequence[Story], addresses: Iterable[str]) -> Iterator[Problem]:
    """Yield listed addresses that lead nowhere (GS822), with the story that may be there now.

    `addresses` are those of all pages. A story that is ready but not due has its address already.
    """
    listed = list(read_ledger(text))
    if not listed:
        return
    keeping = [story for story in stories if story.head.status != "draft"]
    known = {address.strip("/") for address in addresses}
    known |= {story.url.strip("/") for story in keeping}
    known |= {_plain(alias) for story in keeping for alias in story.head.aliases}
    lost = [each for each in listed if not _leads_somewhere(each[1], known)]
    heirs = Heirs(keeping, (address for _, address in listed)) if lost else None
    for line, address in lost:
        heir = heirs.find(address) if heirs else None
        near = heir.src_uri if heir else ""
        yield problem("GS822", LEDGER, line, address=address, candidates=near)


def check_ledger(text: str, stories: Sequence[Story]) -> Iterator[Problem]:
    """Yield ready stories that are not listed (GS823), and stories at the address of an erased one
    (GS825)."""
    there = {address.strip("/") for _, address in read_ledger(text)}
    erased = {line.strip() for line in text.split("\n") if line.startswith(ERASED)}
    for story in stories:
        if erased and f"{ERASED}{digest_address(story.url)}" in erased:
            yield problem("GS825", story.src_uri, address=f"/{story.url}")
        if story.head.status == "ready" and story.url.strip("/") not in there:
            yield problem("GS823", story.src_uri, address=f"/{story.url}", ledger=LEDGER)


def digest_address(address: str) -> str:
    """Return what the ledger keeps of an erased address, which itself may name somebody."""
    return hashlib.sha256(address.strip("/").encode()).hexdigest()


def read_ledger(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and address, with its leading slash, of each line that is no comment."""
    for number, line in enumerate(text.split("\n"), start=1):
        address = line.strip()
        if address and not address.startswith("#"):
            yield number, f"/{address.lstrip('/')}"


def harden(problems: Iterable[Problem], stories: Iterable[Story]) -> list[Problem]:
    """Return the problems with every warning about a ready story or the ledger made an error."""
    ready = {LEDGER} | {story.src_uri for story in stories if story.head.status == "ready"}
    return [
        replace(found, severity="error") if found.path in ready else found for found in problems
    ]


def _leads_somewhere(address: str, known: set[str]) -> bool:
    """Older pages of a list lead where their list does; files are not looked up here."""
    if _FILE.search(address):
        return True
    return _plain(_OLDER_PAGE.sub("", address)) in known


def _plain(address: str) -> str:
    """Return an address as it is compared: decoded, its marks composed."""
    query = alias_query(address)
    return f"{alias_url(address).strip('/')}{f'?{query}' if query else ''}"
