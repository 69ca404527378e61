"""How the lists of stories are called, besides the shelves; see `index`."""

from __future__ import annotations

from typing import Final

STORIES: Final = "stories"
RETRACTED: Final = "retracted"
MOVED: Final = "moved"
CORRECTED: Final = "corrected"
# What only a preview shows: drafts, and what is to be published later.
DRAFTS: Final = "drafts"
AHEAD: Final = "ahead"
OF_ALL: Final = (STORIES, RETRACTED, MOVED, CORRECTED, DRAFTS, AHEAD)


# Of which slugs there is a page; each with its address and the path of its text.
SHOWN_STORY: Final = "shown story"
RETRACTED_STORY: Final = "retracted story"


def follows_list(slug: str) -> str:
    return f"follows {slug}"


def shelf_list(kind: str, key: str) -> str:
    return f"{kind} {key}"


def slug_of(src_uri: str) -> str:
    return src_uri.rsplit("/", 2)[1]
