"""The text of places.yml: a province as the program ships it, and records to add to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from guongsang.registers.gazetteer import load_province
from guongsang.registers.model import Place
from guongsang.yamlfile.dump import dump_mapping

_HEADER: Final = """\
# Sổ địa danh: đơn vị hành chính cũ và hiện nay. "until: null" là đơn vị hiện có.
# Nơi ở tỉnh khác: gõ guongsang place TÊN. Mã đang dùng thì không đổi: đó là địa chỉ trang.
"""


# The sections of provinces.
PROVINCES: Final = "Tỉnh, thành phố hiện nay"
FORMER_PROVINCES: Final = "Tỉnh cũ"


def render_places(province: str) -> str:
    """Return the register of a newsroom of a province: its present units, its former ones, the
    province itself, and the provinces that it was made of. Raises KeyError for an unknown one."""
    places = load_province(province)
    units = {key: place for key, place in places.items() if not place.is_province}
    present = [key for key, place in units.items() if place.is_present]
    former = [key for key in units if key not in set(present)]
    provinces = [key for key, place in places.items() if place.is_province]
    sections = (
        (f"Đơn vị hiện nay ({len(present)})", present),
        (f"Đơn vị cũ ({len(former)})", former),
        (PROVINCES, provinces[:1]),
        (FORMER_PROVINCES, provinces[1:]),
    )
    parts = [_HEADER]
    for title, keys in sections:
        if keys:
            records = render_records((key, places[key]) for key in keys)
            parts.append(f"{render_heading(title)}\n{records}")
    return "\n".join(parts)


def render_heading(title: str) -> str:
    """Return the line that begins a section of the file."""
    return f"# ---- {title} ----\n"


def render_records(places: Iterable[tuple[str, Place]]) -> str:
    """Return records in block style, an empty line between them."""
    return "\n".join(dump_mapping({key: _list_fields(place)}) for key, place in places)


def _list_fields(place: Place) -> dict[str, Any]:
    """Return the fields of a record in the order of the file, without what goes without saying."""
    fields = place.model_dump(by_alias=True)
    order = ("name", "type", "code", "district", "district_type", "province", "from")
    known = {name: fields[name] for name in order if fields[name] is not None}
    if place.district is None or place.district_type == "huyen":
        del known["district_type"]
    return known | {name: fields[name] for name in ("until", "became", "other_names")}
