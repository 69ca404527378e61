"""A newspaper's article as the text of a draft: front matter and body.

What only people can know is a row of dots, which the publishing gate finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from guongsang.intake.article import Article
from guongsang.intake.captions import Shot
from guongsang.intake.manuscript import Picture
from guongsang.intake.markdown import render_markdown
from guongsang.yamlfile.dump import dump_blocks

BLANK: Final = "…"
COVER: Final = "bia"
PHOTO: Final = "anh"


@dataclass(frozen=True, slots=True)
class Guess:
    """What the newsroom's registers make of an article; editors confirm it.

    `authors` are keys by names as typed, `honorees` keys, `places` units with what is printed.
    """

    column: str = BLANK
    fields: Sequence[str] = ()
    authors: Mapping[str, str] = field(default_factory=dict)
    honorees: Sequence[str] = ()
    places: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """What an old system knew beyond the article."""

    moment: dt.datetime | None = None
    tags: Sequence[str] = ()
    sources: Sequence[Mapping[str, str]] = ()
    aliases: Sequence[str] = ()


def name_shots(shots: Sequence[Shot], suffixes: Sequence[str | None]) -> list[str | None]:
    """Return names of files for photos in their order; None of one that cannot be taken."""
    names: list[str | None] = []
    count = 0
    has_cover = False
    for _, suffix in zip(shots, suffixes, strict=True):
        if suffix is None:
            names.append(None)
        elif not has_cover:
            names.append(f"{COVER}{suffix}")
            has_cover = True
        else:
            count += 1
            names.append(f"{PHOTO}-{count}{suffix}")
    return names


def render_draft(
    article: Article,
    names: Sequence[str | None],
    guess: Guess,
    today: dt.date,
    extra: Extra | None = None,
) -> str:
    """Return the text of index.md; `names` are those of the article's photos."""
    extra = extra or Extra()
    by_picture = {
        id(shot.picture): name for shot, name in zip(article.shots, names, strict=True) if name
    }

    def name_of(picture: Picture) -> str | None:
        return by_picture.get(id(picture))

    body = render_markdown(article.blocks, article.notes, name_of)
    front = _front(article, names, guess, today, extra)
    return f"---\n{dump_blocks(front)}---\n\n{body}"


def _front(
    article: Article,
    names: Sequence[str | None],
    guess: Guess,
    today: dt.date,
    extra: Extra,
) -> dict[str, Any]:
    day = article.day or today
    date = f"{extra.moment:%Y-%m-%d %H:%M}" if extra.moment else day.isoformat()
    photos = [_photo(shot, name) for shot, name in zip(article.shots, names, strict=True) if name]
    sources = [{"title": title} for title in article.sources]
    front: dict[str, Any] = {
        "title": article.title or BLANK,
        "date": date,
        "column": guess.column,
        "fields": list(guess.fields),
        "honorees": [{"id": key} for key in guess.honorees] or [{"kind": "person", "name": BLANK}],
        "places": [{"unit": unit, "as_printed": text} for unit, text in guess.places]
        or [{"unit": BLANK, "as_printed": BLANK}],
        "authors": [_author(name, did, guess) for name, did in article.authors]
        or [{"name": BLANK, "did": "text"}],
        "cover": photos[0] if photos else None,
        "photos": photos[1:],
        "summary": article.summary or BLANK,
        "tags": list(extra.tags),
        "sources": [*sources, *(dict(each) for each in extra.sources)],
        "status": "draft",
        "aliases": list(extra.aliases),
    }
    needed = ("fields",)
    return {key: value for key, value in front.items() if value or key in needed}


def _photo(shot: Shot, name: str) -> dict[str, str]:
    photo = {"src": name, "alt": shot.picture.alt or BLANK}
    if shot.caption:
        photo["caption"] = shot.caption
    if shot.credit:
        photo["credit"] = shot.credit
    return photo


def _author(name: str, did: str, guess: Guess) -> dict[str, str]:
    key = guess.authors.get(name)
    return {"id": key, "did": did} if key else {"name": name, "did": did}
