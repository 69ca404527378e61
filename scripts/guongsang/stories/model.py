"""The schema of a story's front matter: the one place that says what editors may write.

Rules that need more than one field, a register or a picture are in `checks`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, Field, field_validator, model_validator

from guongsang.stories.schema import (
    AliasPath,
    AtLeastOne,
    Day,
    Key,
    LengthBetween,
    LifeDate,
    Moment,
    Part,
    Text,
    Url,
    fail,
    no_repeats,
)
from guongsang.stories.texts import Seen
from guongsang.text.dates import VIETNAM, in_vietnam

Basis = Literal["consent", "public_interest", "public_event", "historical"]
Scope = Literal["name", "photo", "ethnic_group", "health", "voice", "print"]
Kind = Literal["person", "collective", "household"]
Gender = Literal["male", "female", "other"]
Status = Literal["draft", "ready", "retracted"]
# What may be attached. A page or a drawing with script would run as the site's own; a picture would
# go out with its metadata, which only those under `photos` lose.
DOCUMENT_TYPES = (
    *("pdf", "doc", "docx", "odt", "rtf", "txt", "epub", "zip"),
    *("xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp"),
)
# Formats of recordings that browsers play, by the end of the file's name.
AUDIO_TYPES: Mapping[str, str] = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}
# Formats of films that browsers play.
FILM_TYPES: Mapping[str, str] = {"mp4": "video/mp4", "webm": "video/webm"}
Keys = Annotated[list[Key], AfterValidator(no_repeats)]


class Consent(Part):
    """Why a person or a picture may be published; never rendered anywhere."""

    basis: Basis
    record: Annotated[Text | None, Seen.NEVER] = None
    date: Day | None = None
    scope: list[Scope] = Field(default_factory=list)
    by: list[Literal["self", "child", "guardian"]] = Field(default_factory=list)
    until: Day | None = None
    withdrawn: Day | None = None
    note: Annotated[Text | None, Seen.NEVER] = None


class StoryPlace(Part):
    unit: Key
    as_printed: Annotated[Text | None, Seen.TEXT] = None
    village: Annotated[Text | None, Seen.TEXT] = None


class StoryHonoree(Part):
    """A registered honoree (`id`) or one written inline (`kind` and `name` or `called`)."""

    id: Key | None = None
    kind: Kind | None = None
    name: Annotated[Text | None, Seen.NAME] = None
    called: Annotated[Text | None, Seen.TEXT] = None
    role: Annotated[Text | None, Seen.TEXT] = None
    born: LifeDate | None = None
    died: LifeDate | None = None
    gender: Gender | None = None
    minor: bool = False
    ethnic_group: Annotated[Text | None, Seen.TEXT] = None
    consent: Consent | None = None

    @model_validator(mode="after")
    def _check_identity(self) -> StoryHonoree:
        if self.id is None:
            is_nameless = self.name is None and self.called is None
            if self.kind is None and is_nameless:
                raise fail("GS220", first="id", second="kind, name (called)")
            if self.kind is None:
                raise fail("GS220", first="id", second="kind")
            if is_nameless:
                raise fail("GS220", first="name", second="called")
            return self
        others = ("kind", "name", "born", "died", "gender", "ethnic_group")
        given = [key for key in others if getattr(self, key) is not None]
        if given:
            raise fail("GS221", other=", ".join(given), id=self.id)
        return self


class Credit(Part):
    """Who made the story, and what they did."""

    id: Key | None = None
    name: Annotated[Text | None, Seen.NAME] = None
    did: Literal["text", "photo", "text-photo", "video"] = "text"

    @model_validator(mode="after")
    def _check_identity(self) -> Credit:
        if (self.id is None) == (self.name is None):
            raise fail("GS220", first="id", second="name")
        return self


class StoryPhoto(Part):
    src: Annotated[Text, Seen.ADDRESS]
    alt: Annotated[str, Seen.TEXT]
    caption: Annotated[Text | None, Seen.TEXT] = None
    credit: Annotated[Text | None, Seen.NAME] = None
    focus: tuple[float, float] | None = None
    consent: Consent | None = None

    @field_validator("focus", mode="before")
    @classmethod
    def _check_focus(cls, value: object) -> object:
        if value is None:
            return None
        if isinstance(value, (list, tuple)) and len(value) == 2:
            pair = tuple(
                float(part)
                for part in value
                if isinstance(part, (int, float)) and not isinstance(part, bool) and 0 <= part <= 1
            )
            if len(pair) == 2:
                return pair
        raise fail("GS218")


class SeriesPart(Part):
    id: Key
    part: int

    @field_validator("part")
    @classmethod
    def _check_part(cls, value: int) -> int:
        if value < 1:
            raise fail("GS222")
        return value


class Source(Part):
    title: Annotated[Text, Seen.TEXT]
    url: Url | None = None


class Verified(Part):
    by: Annotated[Text, Seen.TEXT]
    date: Day


class Approved(Part):
    """Who of the newsroom released the story, and when."""

    by: Annotated[Text, Seen.NEVER]
    date: Day


class Correction(Part):
    date: Day
    was: Annotated[Text, Seen.TEXT]
    now: Annotated[Text, Seen.TEXT]


class Attachment(Part):
    src: Annotated[Text, Seen.ADDRESS]
    title: Annotated[Text, Seen.TEXT]


class Audio(Part):
    src: Annotated[Text, Seen.ADDRESS]
    lang: Annotated[Text, Seen.CODE] = "vi"
    transcript: Annotated[Text | None, Seen.TEXT] = None
    credit: Annotated[Text | None, Seen.NAME] = None
    made_by: Literal["person", "machine"] = "person"
    consent: Consent | None = None


class Film(Part):
    """A film beside the story; where it stands, its title and its length are typed in the text."""

    src: Annotated[Text, Seen.ADDRESS]
    lang: Annotated[Text, Seen.CODE] = "vi"
    transcript: Annotated[Text | None, Seen.TEXT] = None
    credit: Annotated[Text | None, Seen.NAME] = None
    consent: Consent | None = None


class Retraction(Part):
    date: Day
    reason: Annotated[Text, Seen.TEXT]


class FrontMatter(Part):
    title: Annotated[Text, LengthBetween(1, 200), Seen.TEXT]
    date: Moment
    updated: Moment | None = None
    column: Key
    fields: Annotated[Keys, *AtLeastOne]
    deeds: Keys = Field(default_factory=list)
    honorees: Annotated[list[StoryHonoree], *AtLeastOne]
    places: Annotated[list[StoryPlace], *AtLeastOne]
    authors: Annotated[list[Credit], *AtLeastOne]
    cover: StoryPhoto | None = None
    photos: list[StoryPhoto] = Field(default_factory=list)
    summary: Annotated[Text, LengthBetween(60, 300), Seen.TEXT]
    tags: Annotated[list[Text], AfterValidator(no_repeats), Seen.TEXT] = Field(default_factory=list)
    series: SeriesPart | None = None
    awards: Keys = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)
    verified: Verified | None = None
    approved: Approved | None = None
    corrections: list[Correction] = Field(default_factory=list)
    follows: Key | None = None
    attachments: list[Attachment] = Field(default_factory=list)
    audio: list[Audio] = Field(default_factory=list)
    films: list[Film] = Field(default_factory=list)
    status: Status
    publish_at: Moment | None = None
    retracted: Retraction | None = None
    aliases: Annotated[list[AliasPath], AfterValidator(no_repeats)] = Field(default_factory=list)
    lang: Annotated[Text, Seen.CODE] = "vi"

    @property
    def pictures(self) -> tuple[StoryPhoto, ...]:
        """The cover, if there is one, then the catalogue."""
        return (*((self.cover,) if self.cover else ()), *self.photos)


def list_enclosed(front: FrontMatter) -> list[tuple[str, int, str]]:
    """Return key, place in the list and file of all attachments, recordings and films."""
    return [
        *(("attachments", n, each.src) for n, each in enumerate(front.attachments)),
        *(("audio", n, each.src) for n, each in enumerate(front.audio)),
        *(("films", n, each.src) for n, each in enumerate(front.films)),
    ]


# What stands for a required key that cannot be read, while the rest of the story is checked.
STAND_INS: Mapping[str, object] = {
    "title": "–",
    "date": "2000-01-01",
    "column": "unknown",
    "fields": ["unknown"],
    "honorees": [{"kind": "collective", "called": "–", "consent": {"basis": "historical"}}],
    "places": [{"unit": "unknown"}],
    "authors": [{"name": "–"}],
    "summary": "–" * 60,
    "status": "ready",
}


class Head(NamedTuple):
    """What lists and other stories must know of a story; small, and quickly loaded.

    Keys are those of the registers, each once. `instant` is seconds since 1970; `inline` counts the
    honorees without an id; `series` is its key and the part; `month` is "2026/05".
    """

    url: str
    instant: int
    status: str
    column: str
    fields: tuple[str, ...]
    deeds: tuple[str, ...]
    places: tuple[str, ...]
    honorees: tuple[str, ...]
    inline: int
    authors: tuple[str, ...]
    series: tuple[str, int] | None
    month: str
    follows: str | None
    aliases: tuple[str, ...]
    is_corrected: bool


def read_head(slug: str, front: FrontMatter) -> Head:
    """Return the head of a story."""
    honorees = [honoree.id for honoree in front.honorees]
    return Head(
        url=f"{front.date.year}/{slug}/",
        instant=int((front.publish_at or front.date).timestamp()),
        status=front.status,
        column=front.column,
        fields=tuple(front.fields),
        deeds=tuple(front.deeds),
        places=tuple(dict.fromkeys(place.unit for place in front.places)),
        honorees=tuple(dict.fromkeys(key for key in honorees if key)),
        inline=honorees.count(None),
        authors=tuple(dict.fromkeys(credit.id for credit in front.authors if credit.id)),
        series=(front.series.id, front.series.part) if front.series else None,
        month=f"{front.date.year:04}/{front.date.month:02}",
        follows=front.follows,
        aliases=tuple(front.aliases),
        is_corrected=bool(front.corrections),
    )


class InlinePerson(NamedTuple):
    """What tells somebody without a record apart; `place` is that in the list of honorees."""

    place: int
    name: str
    kind: str | None
    gender: str | None
    born: str | None
    died: str | None


def read_inline(front: FrontMatter) -> tuple[InlinePerson, ...]:
    return tuple(
        InlinePerson(n, each.name, each.kind, each.gender, each.born, each.died)
        for n, each in enumerate(front.honorees)
        if each.name is not None
    )


class Brief(NamedTuple):
    """What many lists tell of a story's front matter, so that the rest need not be loaded for it.

    `day` is that of its date, ISO 8601. Of each registered honoree `told` has the key, the role,
    and what the story itself says of age and consent: these are plain values.
    """

    title: str
    awards: tuple[str, ...]
    day: str
    told: tuple[tuple[str, str | None, bool, dict[str, Any] | None], ...]

    def role(self, key: str) -> str | None:
        """Return what an honoree of the story is; the first time that they are named decides."""
        return next(role for honoree, role, *_ in self.told if honoree == key)

    def honorees(self, key: str) -> Iterator[StoryHonoree]:
        """Yield each time that a registered honoree is named, as far as it decides on the name."""
        for honoree, _, minor, told in self.told:
            if honoree == key:
                consent = None if told is None else Consent.model_validate(told)
                yield StoryHonoree(id=key, minor=minor, consent=consent)


def read_brief(front: FrontMatter) -> Brief:
    told = tuple(
        (each.id, each.role, each.minor, _tell_consent(each.consent))
        for each in front.honorees
        if each.id
    )
    return Brief(front.title, tuple(front.awards), front.date.date().isoformat(), told)


def _tell_consent(consent: Consent | None) -> dict[str, Any] | None:
    """Return what of a consent decides on a name; nobody else needs to know the rest."""
    if consent is None:
        return None
    return consent.model_dump(mode="json", include={"basis", "scope", "by", "withdrawn"})


def digest_head(src_uri: str, head: Head) -> bytes:
    return hashlib.sha256(repr((src_uri, head)).encode()).digest()


@dataclass(frozen=True, slots=True)
class Story:
    """One story as read from disk.

    `src_uri` is the POSIX path of index.md relative to the root; `files` are the names of the other
    files of its folder; `body_line` is the file's line on which `body` begins. Digests are SHA-256.
    """

    slug: str
    folder_year: int
    src_uri: str
    front_digest: str
    front: FrontMatter
    body: str
    body_line: int
    files: tuple[str, ...]
    body_digest: str = ""

    @property
    def head(self) -> Head:
        return read_head(self.slug, self.front)

    @property
    def brief(self) -> Brief:
        return read_brief(self.front)

    @property
    def inline(self) -> tuple[InlinePerson, ...]:
        return read_inline(self.front)

    @property
    def head_digest(self) -> bytes:
        return digest_head(self.src_uri, self.head)

    @property
    def url(self) -> str:
        """The address below the site's root, without a leading slash."""
        return self.head.url

    @property
    def instant(self) -> dt.datetime:
        """When it is or was published: `publish_at`, else `date`."""
        return dt.datetime.fromtimestamp(self.head.instant, VIETNAM)

    @property
    def last_changed(self) -> dt.datetime:
        """When it last changed as far as it says so: an update or a correction, if any."""
        dates = [self.instant, self.front.date]
        if self.front.updated:
            dates.append(self.front.updated)
        for item in self.front.corrections:
            dates.append(dt.datetime.combine(item.date, dt.time(), VIETNAM))
        return in_vietnam(max(dates))

    def is_public(self, now: dt.datetime) -> bool:
        """Return whether readers may see it: ready and due."""
        head = self.head
        return head.status == "ready" and head.instant <= now.timestamp()
