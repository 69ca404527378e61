"""The numbers of a period as a workbook: a sheet for each table, with native charts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from guongsang.office.document import FONT, pack_again
from guongsang.office.wording import BREAKDOWNS, HIDDEN_TITLE, format_date, list_totals
from guongsang.tally.model import Count, Tally

# A text is a text, whatever sign it begins with.
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_PAPER_A4: Final = 9
_INKS: Final = ("#404040", "#BFBFBF")
# Pixels of a chart: its width, a row of it, what is around the rows.
_CHART_WIDTH: Final = 620
_CHART_ROW: Final = 40
_CHART_FRAME: Final = 110
# More rows make no readable chart.
_MOST_BARS: Final = 40
_CHANGE: Final = "+#,##0;−#,##0;0"
_SHARE: Final = "+0.0%;−0.0%;0%"
_FIRST_ROW: Final = 3
# Characters: of the columns of a breakdown.
_WIDTHS: Final = (52, 12, 12, 13, 11)
_LINE_HEIGHT: Final = 17  # points
_LOOK: Final[dict[str, Any]] = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}


def make_workbook(tally: Tally, site: str, as_of: dt.date | None) -> bytes:
    """Return the workbook; equal input gives equal bytes. `as_of` as in `make_report`."""
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, _OPTIONS)
    period = tally.period
    day = period.last_day
    workbook.set_properties(
        {
            "title": f"{site}: số liệu {period.words}",
            "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        }
    )
    writer = _Writer(workbook, tally, site, as_of)
    writer.add_totals()
    if len(tally.months) > 1:
        writer.add_breakdown("Thời gian", "Thời gian", tally.months)
    for breakdown in BREAKDOWNS:
        rows = breakdown.find(tally)
        if rows or not breakdown.is_optional:
            writer.add_breakdown(breakdown.heading, breakdown.column, rows, breakdown.note)
    writer.add_unwritten()
    writer.add_corrections()
    writer.add_stories()
    workbook.close()
    return pack_again(written.getvalue())


@dataclass(slots=True)
class _Writer:
    workbook: Workbook
    tally: Tally
    site: str
    as_of: dt.date | None
    _formats: dict[str, Format] = field(default_factory=dict, init=False)

    def add_totals(self) -> None:
        rows = [Count(*row) for row in list_totals(self.tally)]
        self.add_breakdown("Số liệu chung", "Chỉ tiêu", rows, is_drawn=False)

    def add_breakdown(
        self,
        name: str,
        column: str,
        rows: Sequence[Count],
        note: str = "",
        *,
        is_drawn: bool = True,
    ) -> None:
        """Add a sheet of numbers against the period before, with a chart of both."""
        header = (column, "Kỳ này", "Kỳ trước", "Tăng, giảm", "Tỷ lệ")
        sheet = self._add_sheet(name, header, _WIDTHS, len(rows), note)
        for n, row in enumerate(rows, _FIRST_ROW + 1):
            self._write_texts(sheet, n, (row.name,), _WIDTHS)
            for place, number in enumerate((row.now, row.before), 1):
                if number is None:
                    sheet.write_string(n, place, "dưới 5", self._format(align="right"))
                else:
                    sheet.write_number(n, place, number, self._format(num_format="#,##0"))
            if row.now is not None and row.before is not None:
                change = row.now - row.before
                sheet.write_number(n, 3, change, self._format(num_format=_CHANGE))
                if row.before:
                    share = change / row.before
                    sheet.write_number(n, 4, share, self._format(num_format=_SHARE))
        if is_drawn and any(row.now or row.before for row in rows):
            self._draw(sheet, name, min(len(rows), _MOST_BARS))

    def add_unwritten(self) -> None:
        rows = [
            (each.name, "Đã có bài ở kỳ khác" if each.is_ever else "Chưa từng có bài")
            for each in self.tally.unwritten
        ]
        self._add_texts("Chưa có bài", ("Đơn vị cấp xã", "Ghi chú"), (40, 28), rows)

    def add_corrections(self) -> None:
        rows = [
            (format_date(each.day), each.title or HIDDEN_TITLE, each.was, each.now)
            for each in self.tally.corrected
        ]
        rows += [
            (format_date(each.day), "(bài đã gỡ)", "", f"Lý do: {each.reason}")
            for each in self.tally.retracted
        ]
        header = ("Ngày", "Bài", "Đã đăng", "Nay sửa là")
        self._add_texts("Cải chính, gỡ bài", header, (13, 44, 40, 40), rows)

    def add_stories(self) -> None:
        rows = [
            (
                format_date(each.day),
                each.title or HIDDEN_TITLE,
                each.column,
                each.place,
                ", ".join(each.contributors),
            )
            for each in self.tally.stories
        ]
        header = ("Ngày", "Bài", "Chuyên mục", "Địa phương", "Người viết")
        self._add_texts("Danh sách bài", header, (13, 56, 26, 26, 30), rows)

    def _add_texts(
        self,
        name: str,
        header: Sequence[str],
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
    ) -> None:
        sheet = self._add_sheet(name, header, widths, len(rows))
        for n, row in enumerate(rows, _FIRST_ROW + 1):
            self._write_texts(sheet, n, row, widths)

    def _write_texts(
        self, sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float]
    ) -> None:
        """Write texts and make their row high enough: not every program does that by itself."""
        lines = 1
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, self._format(text_wrap=True))
            lines = max(lines, *(-(-len(part) // int(widths[column])) for part in text.split("\n")))
        sheet.set_row(row, _LINE_HEIGHT * lines)

    def _add_sheet(
        self, name: str, header: Sequence[str], widths: Sequence[float], rows: int, note: str = ""
    ) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        period = self.tally.period
        told = f"{self.site}, {period.words}, so với {period.before.words}."
        if self.as_of is not None:
            told += f" Số liệu tính đến ngày {format_date(self.as_of)}."
        sheet.write_string(0, 0, name, self._format(bold=True, font_size=14))
        sheet.write_string(1, 0, f"{told} {note}".strip(), self._format(italic=True))
        for column, (text, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(column, column, width)
            look = self._format(bold=True, bg_color="#E7E6E6", border=1, align="center")
            sheet.write_string(_FIRST_ROW, column, text, look)
        sheet.freeze_panes(_FIRST_ROW + 1, 0)
        if rows:
            sheet.autofilter(_FIRST_ROW, 0, _FIRST_ROW + rows, len(header) - 1)
        sheet.set_paper(_PAPER_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_FIRST_ROW)
        return sheet

    def _draw(self, sheet: Worksheet, name: str, rows: int) -> None:
        chart = self.workbook.add_chart({"type": "bar"})
        first, last = _FIRST_ROW + 1, _FIRST_ROW + rows
        for column, ink in enumerate(_INKS, 1):
            chart.add_series(
                {
                    "name": [name, _FIRST_ROW, column],
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, column, last, column],
                    "fill": {"color": ink},
                    "data_labels": {"value": True, "num_format": "#,##0;;"},
                    "gap": 60,
                }
            )
        font = {"name": FONT, "size": 11}
        chart.set_title({"name": name, "name_font": {**font, "size": 13}})
        chart.set_y_axis({"reverse": True, "num_font": font})  # the first row on top
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_size({"width": _CHART_WIDTH, "height": _CHART_FRAME + _CHART_ROW * rows})
        options = {"description": f"{name}: kỳ này và kỳ trước, số liệu ở bảng bên trái."}
        sheet.insert_chart(_FIRST_ROW, 6, chart, options)

    def _format(self, **look: Any) -> Format:
        """Return a format, each made once: a workbook holds only so many."""
        key = repr(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(
                {"font_name": FONT, "font_size": 12} | look
            )
        return self._formats[key]
