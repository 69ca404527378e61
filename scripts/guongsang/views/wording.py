"""How facts are put into Vietnamese: places then and now, years of a life, who did what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from guongsang.addresses import section_url
from guongsang.registers.model import Place, Registers
from guongsang.registers.printed import read_printed
from guongsang.stories.model import Credit
from guongsang.stories.schema import UNKNOWN
from guongsang.text.dates import format_day, format_moment, in_vietnam, iso_moment
from guongsang.text.fold import tone_key
from guongsang.views.model import Contributor, CreditLine, DateText, PlaceLine

KINDS: Final[Mapping[str, str]] = {
    "person": "Cá nhân",
    "collective": "Tập thể",
    "household": "Hộ gia đình",
}
_DID: Final[Mapping[str, str]] = {
    "text-photo": "Bài và ảnh",
    "text": "Bài",
    "photo": "Ảnh",
    "video": "Video",
}
_RELATIONS: Final[Mapping[str | None, str]] = {
    "que-quan": "Quê quán",
    "noi-song": "Nơi sống",
    "noi-lam-viec": "Nơi làm việc",
    "noi-mat": "Nơi mất",
    None: "Địa phương",
}
_LANGUAGES: Final[Mapping[str, str]] = {
    "vi": "tiếng Việt",
    "blt": "tiếng Thái Đen",
    "twh": "tiếng Thái Trắng",
    "hmn": "tiếng Mông",
    "hni": "tiếng Hà Nhì",
    "ium": "tiếng Dao",
    "en": "tiếng Anh",
}

_WITHIN: Final = str.maketrans("“”„", "‘’‘")


def capitalise(text: str) -> str:
    """Return the text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def quoted(text: str) -> str:
    """Put a text between quotes; those within it become single ones."""
    return f"“{text.translate(_WITHIN)}”"


def day_text(day: dt.date) -> DateText:
    """Word a day, without a clock."""
    return DateText(format_day(day), day.isoformat())


def moment_text(moment: dt.datetime) -> DateText:
    """Word a moment; midnight means that only the day was given."""
    local = in_vietnam(moment)
    midnight = local.time() == dt.time()
    return DateText(format_day(local) if midnight else format_moment(local), iso_moment(local))


def short_day(moment: dt.datetime) -> DateText:
    """Word a moment for a card: "19/05/2026"."""
    local = in_vietnam(moment)
    return DateText(f"{local.day:02}/{local.month:02}/{local.year:04}", iso_moment(local))


def language_name(code: str) -> str:
    return _LANGUAGES.get(code, code)


def relation_label(relation: str | None, kind: str) -> str:
    """Name what a place is to an honoree; collectives do not live anywhere."""
    if relation == "noi-song" and kind != "person":
        return "Địa bàn" if kind == "collective" else "Nơi ở"
    return _RELATIONS[relation]


def life_years(born: str | None, died: str | None) -> str | None:
    """Word the years of a life, as far as they are known: "1942 – 1970", "mất năm 1949"."""
    birth = born[:4] if born and born != UNKNOWN else None
    death = died[:4] if died and died != UNKNOWN else None
    if birth and death:
        return f"{birth} – {death}"
    if birth:
        return f"sinh năm {birth}, đã mất" if died else f"sinh năm {birth}"
    if death:
        return f"mất năm {death}"
    return "đã mất" if died else None


def life_fact(born: str | None, died: str | None) -> tuple[str, str] | None:
    """Return the same as a heading and what stands below it: ("Năm sinh", "1955")."""
    whole = life_years(born, died)
    if whole is None or (born and born != UNKNOWN and died):
        return ("Năm sinh, năm mất", whole) if whole else None
    day = died or born
    return ("Năm mất" if died else "Năm sinh", day[:4] if day and day != UNKNOWN else "không rõ")


def unit_name(registers: Registers, key: str) -> str:
    """Name a present unit, with its province when it is not the newsroom's."""
    place = registers.places[key]
    province = _foreign_province(registers, place)
    return f"{place.full_name}, {province.full_name}" if province else place.full_name


def short_place(registers: Registers, key: str) -> str:
    """Name a present unit for a card: "Xã Lệ Thủy, Quảng Trị"."""
    place = registers.places[key]
    province = _foreign_province(registers, place)
    name = f"{place.full_name}, {province.name}" if province else place.full_name
    return capitalise(name)


def place_line(
    registers: Registers,
    unit: str,
    as_printed: str | None = None,
    village: str | None = None,
    label: str | None = None,
) -> PlaceLine:
    """Word a place as printed and, where its unit has become another one, as it is today."""
    url = section_url("place", unit)
    place = registers.places[unit]
    if as_printed is None:
        return PlaceLine(label, _with_village(unit_name(registers, unit), village), None, url)
    printed = _with_village(as_printed, village)
    if not _is_same_unit(registers, place, as_printed):
        return PlaceLine(label, printed, unit_name(registers, unit), url)
    province = _foreign_province(registers, place)
    if province and tone_key(province.name) not in tone_key(printed):
        printed = f"{printed}, {province.full_name}"
    return PlaceLine(label, printed, None, url)


def credit_lines(registers: Registers, credits: Iterable[Credit]) -> tuple[CreditLine, ...]:
    """Group those who made a story by what they did, in the order papers print it."""
    by_job: dict[str, list[Contributor]] = {did: [] for did in _DID}
    for credit in credits:
        by_job[credit.did].append(_contributor(registers, credit))
    return tuple(CreditLine(did, _DID[did], tuple(names)) for did, names in by_job.items() if names)


def clip(text: str, most: int = 160) -> str:
    """Cut a text for a description at a word's end."""
    if len(text) <= most:
        return text
    return text[: most + 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"


def author_of(registers: Registers, key: str) -> Contributor:
    author = registers.authors[key]
    return Contributor(author.name, section_url("author", key), author.kind == "desk")


def _contributor(registers: Registers, credit: Credit) -> Contributor:
    if credit.id is None:
        return Contributor(credit.name or "", None, is_desk=False)
    return author_of(registers, credit.id)


def _foreign_province(registers: Registers, place: Place) -> Place | None:
    if place.province in (None, registers.newsroom.province):
        return None
    return registers.places.get(place.province or "")


def _with_village(name: str, village: str | None) -> str:
    if village is None or tone_key(village) in tone_key(name):
        return name
    return f"{village}, {name}"


def _is_same_unit(registers: Registers, place: Place, as_printed: str) -> bool:
    """Return whether the printed name still is the unit's: then "nay thuộc" would say nothing."""
    names = {tone_key(name) for name in (place.name, *place.other_names)}
    readings = read_printed(as_printed, lambda part: tone_key(part) in names)
    fitting = (each for each in readings if tone_key(each.name) in names)
    printed = next(fitting, None)
    if printed is None or printed.type not in (None, place.type):
        return False
    province = registers.places.get(place.province or "")
    if printed.province is None or province is None:
        return True
    return tone_key(printed.province) == tone_key(province.name)
