"""The schema of the registers, and the registers as one value with its look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from guongsang.stories.model import Consent, Gender, Kind
from guongsang.stories.schema import Day, Key, LifeDate, Part, Text, Url, at_least_one, fail
from guongsang.stories.texts import Seen

PlaceType = Literal["xa", "phuong", "thi-tran", "dac-khu", "tinh", "thanh-pho"]
AwardForm = Literal[
    "huan-chuong",
    "huy-chuong",
    "danh-hieu-vinh-du",
    "giai-thuong",
    "danh-hieu-thi-dua",
    "ky-niem-chuong",
    "bang-khen",
    "giay-khen",
    "khac",
]
AwardLevel = Literal["nha-nuoc", "chinh-phu", "bo-tinh", "co-so", "quoc-te", "khac"]


class Heading(Part):
    """A column, field or deed: a list of stories with a name."""

    name: Annotated[Text, Seen.TEXT]
    short: Annotated[Text | None, Seen.TEXT] = None
    description: Annotated[Text | None, Seen.TEXT] = None
    active: bool = True


class Series(Part):
    name: Annotated[Text, Seen.TEXT]
    description: Annotated[Text | None, Seen.TEXT] = None


class Author(Part):
    name: Annotated[Text, Seen.NAME]
    kind: Literal["person", "desk"] = "person"
    description: Annotated[Text | None, Seen.TEXT] = None
    sort_name: Annotated[Text | None, Seen.NEVER] = None


class Abbreviation(Part):
    """How an announcer reads it; its key is the abbreviation as it is typed."""

    read: Annotated[Text, Seen.TEXT]


class AwardKind(Part):
    name: Annotated[Text, Seen.TEXT]
    form: AwardForm
    level: AwardLevel = "khac"


class Award(Part):
    """One award as given; recorded once, in the honoree's file."""

    id: Key
    award: Key
    year: int | None = None
    date: Day | None = None
    decision: Annotated[Text | None, Seen.TEXT] = None
    issuer: Annotated[Text | None, Seen.TEXT] = None
    posthumous: bool = False
    status: Literal["valid", "revoked"] = "valid"


class HonoreePlace(Part):
    unit: Key
    as_printed: Annotated[Text | None, Seen.TEXT] = None
    village: Annotated[Text | None, Seen.TEXT] = None
    relation: Literal["que-quan", "noi-song", "noi-lam-viec", "noi-mat"] | None = None


class Honoree(Part):
    kind: Kind
    name: Annotated[Text, Seen.NAME]
    called: Annotated[Text | None, Seen.TEXT] = None
    sort_name: Annotated[Text | None, Seen.NEVER] = None
    other_names: Annotated[list[Text], Seen.NAME] = Field(default_factory=list)
    gender: Gender | None = None
    born: LifeDate | None = None
    died: LifeDate | None = None
    minor: bool = False
    trusted_person: bool = False
    ethnic_group: Annotated[Text | None, Seen.TEXT] = None
    places: list[HonoreePlace] = Field(default_factory=list)
    consent: Consent | None = None
    same_as: Annotated[list[Text], Seen.ADDRESS] = Field(default_factory=list)
    awards: list[Award] = Field(default_factory=list)

    @property
    def valid_awards(self) -> list[Award]:
        return [award for award in self.awards if award.status == "valid"]


class Place(Part):
    """An administrative unit, past or present; present where `until` is empty."""

    name: Annotated[Text, Seen.TEXT]
    type: PlaceType
    code: Annotated[Text | None, Seen.CODE] = None
    district: Annotated[Text | None, Seen.TEXT] = None
    district_type: Literal["huyen", "thi-xa", "thanh-pho", "quan"] = "huyen"
    province: Key | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    became: list[Key] = Field(default_factory=list)
    other_names: Annotated[list[Text], Seen.TEXT] = Field(default_factory=list)

    @property
    def is_present(self) -> bool:
        return self.until is None

    @property
    def is_province(self) -> bool:
        return self.type in ("tinh", "thanh-pho")

    @property
    def full_name(self) -> str:
        """The name with its type, as printed: “xã Mù Cả”."""
        return f"{PLACE_TYPES[self.type]} {self.name}"

    @property
    def full_district(self) -> str | None:
        """The district that it lay in, with its type: “huyện Mường Tè”; None without one."""
        return f"{DISTRICT_TYPES[self.district_type]} {self.district}" if self.district else None


PLACE_TYPES: Mapping[str, str] = {
    "xa": "xã",
    "phuong": "phường",
    "thi-tran": "thị trấn",
    "dac-khu": "đặc khu",
    "tinh": "tỉnh",
    "thanh-pho": "thành phố",
}


DISTRICT_TYPES: Mapping[str, str] = {
    "huyen": "huyện",
    "thi-xa": "thị xã",
    "thanh-pho": "thành phố",
    "quan": "quận",
}


class Contact(Part):
    name: Annotated[Text, Seen.NAME]
    email: Annotated[Text | None, Seen.TEXT] = None
    phone: Annotated[Text | None, Seen.TEXT] = None
    address: Annotated[Text | None, Seen.TEXT] = None


def _check_widths(value: list[int]) -> list[int]:
    if not all(64 <= width <= 4096 for width in value) or sorted(set(value)) != value:
        raise fail("GS310", value=value)
    return at_least_one(value)


class PhotoSettings(Part):
    widths: Annotated[list[int], AfterValidator(_check_widths)] = Field(
        default_factory=lambda: [480, 960, 1440]
    )
    jpeg_quality: int = Field(default=80)
    avif_quality: int = Field(default=55)


class Switches(Part):
    browse_ethnic_groups: bool = False
    search: bool = True
    offline: bool = True
    cards: bool = True
    guide: bool = True
    honours: bool = True
    people: bool = True
    data: bool = True
    nominate: bool = True
    approval: bool = False
    review: bool = False


class Security(Part):
    """Where to report a weakness of the site, for security.txt; `expires` is its last day."""

    email: Annotated[Text, Seen.TEXT]
    expires: Day
    policy: Url | None = None


class Letterhead(Part):
    """What stands on letters besides the agency: who is above it, its abbreviation in numbers, the
    place before the day, and who signs."""

    superior: Annotated[Text | None, Seen.TEXT] = None
    code: Annotated[Text | None, Seen.TEXT] = None
    place: Annotated[Text | None, Seen.TEXT] = None
    position: Annotated[Text | None, Seen.TEXT] = None
    signer: Annotated[Text | None, Seen.NAME] = None


class Newsroom(Part):
    """newsroom.yml: who publishes, under which policy."""

    name: Annotated[Text, Seen.TEXT]
    agency: Annotated[Text, Seen.TEXT]
    licence: Annotated[Text | None, Seen.TEXT] = None
    responsible_editor: Annotated[Text, Seen.NAME]
    contact: Contact
    data_contact: Contact
    consent_policy: Literal["required", "warn", "off"] = "required"
    page_size: int = 24
    radio_rate: int = 200
    feed_authority: Annotated[Text, Seen.CODE]
    province: Key
    logo: Annotated[Text | None, Seen.ADDRESS] = None
    icon: Annotated[Text | None, Seen.ADDRESS] = None
    accent: Annotated[Text | None, Seen.CODE] = None
    photos: PhotoSettings = Field(default_factory=PhotoSettings)
    security: Security | None = None
    letterhead: Letterhead = Field(default_factory=Letterhead)
    switches: Switches = Field(default_factory=Switches)


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers of a newsroom; each mapping keeps its file's order."""

    newsroom: Newsroom
    columns: Mapping[str, Heading] = field(default_factory=dict)
    fields: Mapping[str, Heading] = field(default_factory=dict)
    deeds: Mapping[str, Heading] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    awards: Mapping[str, AwardKind] = field(default_factory=dict)
    authors: Mapping[str, Author] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    abbreviations: Mapping[str, Abbreviation] = field(default_factory=dict)
    honorees: Mapping[str, Honoree] = field(default_factory=dict)
