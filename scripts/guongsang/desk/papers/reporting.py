"""The report of a period, as files to be finished by hand and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guongsang.desk.papers.office import need_archive, write_for_office
from guongsang.office.errors import OfficeError, need_library
from guongsang.office.heads import HeadKind
from guongsang.registers.model import Registers
from guongsang.site.showing import Showing
from guongsang.tally.counts import count_period
from guongsang.tally.period import Period, read_period

REPORT: Final = "bao-cao"
_PARTY: Final = "dang"


@dataclass(frozen=True, slots=True)
class Reported:
    """Files below the newsroom's folder, how many stories they tell of, and which without title."""

    paths: tuple[str, ...]
    stories: int
    untitled: tuple[str, ...]


def need_period(typed: str) -> Period:
    """Return the period that was typed. Raises OfficeError ("period")."""
    period = read_period(typed)
    if period is None:
        raise OfficeError("period", typed=typed)
    return period


def write_report(
    showing: Showing, period: Period, kind: HeadKind, *, with_workbook: bool
) -> Reported:
    """Write the report of a period, and the workbook of its numbers.

    Raises OSError, and OfficeError: "library", "problems", "outside".
    """
    need_library()
    from guongsang.office.letterhead import Letterhead  # noqa: PLC0415 - may not be installed
    from guongsang.office.report import make_report  # noqa: PLC0415
    from guongsang.office.workbook import make_workbook  # noqa: PLC0415

    archive = need_archive(showing)
    registers = archive.registers
    tally = count_period(archive, period)
    newsroom, own = registers.newsroom, registers.newsroom.letterhead
    head = Letterhead(
        kind,
        agency=newsroom.agency,
        signer=own.signer or newsroom.responsible_editor,
        place=own.place or _name_province(registers),
        superior=own.superior or "",
        code=own.code or "",
        position=own.position or "",
    )
    today = showing.project.now.date()
    as_of = today if today <= period.last_day else None
    name = f"{REPORT}-{period.name}" + (f"-{_PARTY}" if kind == "party" else "")
    files = {f"{name}.docx": make_report(tally, head, newsroom.name, as_of)}
    if with_workbook:
        files[f"{name}.xlsx"] = make_workbook(tally, newsroom.name, as_of)
    titled = {each.slug for each in tally.stories if each.title is not None}
    titled |= {each.slug for each in tally.corrected if each.title is not None}
    shown = [archive.story(slug) for slug in sorted(titled)]
    paths = write_for_office(showing, name, shown, files)
    untitled = tuple(each.slug for each in tally.stories if each.title is None)
    return Reported(paths, len(tally.stories), untitled)


def _name_province(registers: Registers) -> str:
    province = registers.places.get(registers.newsroom.province)
    return province.name if province else "…"
