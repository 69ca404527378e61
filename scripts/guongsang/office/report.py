"""The periodic report: the numbers of a period in words and tables, in the form of a letter.

What only a person can write stands open, each place in a control that goes away when typed into.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from guongsang.office.document import TEXT_WIDTH, open_document, pack_document
from guongsang.office.letterhead import Letterhead, add_head, add_signature, add_title
from guongsang.office.sheets import add_rows, draw_bars
from guongsang.office.wording import (
    ABOUT,
    BREAKDOWNS,
    HIDDEN_TITLE,
    compare,
    format_change,
    format_count,
    format_date,
    list_totals,
    name_most,
)
from guongsang.tally.model import Count, Tally

SORT: Final = "BC"
_NAME: Final = "Báo cáo"
_WIDTHS: Final = (56.0, 18.0, 22.0, 29.0, 40.0)
_LIST_WIDTHS: Final = (11.0, 24.0, 56.0, 26.0, 25.0, 23.0)
_GREY: Final = RGBColor(0x59, 0x59, 0x59)


def make_report(tally: Tally, head: Letterhead, site: str, as_of: dt.date | None) -> bytes:
    """Return the report as a Word file; equal input gives equal bytes.

    `site` is the name of the site; `as_of` is today where the period is not over yet.
    """
    about = f"Kết quả {ABOUT} {tally.period.words}"
    day = tally.period.last_day
    document = open_document(title=f"{_NAME} {about}", author=head.agency, day=day)
    writer = _Writer(document, tally, head, site)
    add_head(document, head, SORT)
    add_title(document, head, _NAME, about)
    writer.write_opening(as_of)
    writer.write_results()
    writer.write_end()
    receivers = ("…", "Lưu Văn phòng.") if head.is_party else ("…;", "Lưu: VT.")
    add_signature(document, head, receivers)
    writer.write_annex()
    return pack_document(document)


@dataclass(slots=True)
class _Writer:
    document: Document
    tally: Tally
    head: Letterhead
    site: str
    _parts: int = field(default=0, init=False)
    _sections: int = field(default=0, init=False)
    _tables: int = field(default=0, init=False)
    _blanks: int = field(default=0, init=False)

    def write_opening(self, as_of: dt.date | None) -> None:
        period, before = self.tally.period.words, self.tally.period.before.words
        told = f"{self.head.agency} báo cáo kết quả {ABOUT} trên trang “{self.site}” "
        told += f"{period}, so với {before}, như sau."
        if as_of is not None:
            told += f" Kỳ báo cáo chưa hết; số liệu tính đến ngày {format_date(as_of)}."
        self._say(told)
        self._begin_part("Tình hình chung")
        self._leave_open("đặc điểm tình hình; việc chỉ đạo, phối hợp, tổ chức thực hiện trong kỳ")

    def write_results(self) -> None:
        """Write what the numbers tell."""
        tally = self.tally
        self._begin_part("Kết quả")
        self._begin_section("Số bài")
        self._say(" ".join(self._tell_stories()))
        self._add_totals()
        if len(tally.months) > 1:
            self._compare("Số bài theo thời gian", "Thời gian", tally.months)
        for breakdown in BREAKDOWNS:
            rows = breakdown.find(tally)
            if breakdown.is_optional and not rows:
                continue
            self._begin_section(breakdown.heading)
            told = " ".join([*name_most(breakdown, rows), breakdown.note]).strip()
            if told and any(row.now or row.before for row in rows):
                self._say(told).paragraph_format.keep_with_next = True
            self._compare(breakdown.heading, breakdown.column, rows)
        if tally.communes:
            self._begin_section("Đơn vị cấp xã chưa có bài")
            self._tell_unwritten()
        self._begin_section("Cải chính, gỡ bài")
        self._tell_corrections()

    def write_end(self) -> None:
        """Write the parts that wait for a person."""
        self._begin_part("Đánh giá chung")
        self._begin_section("Ưu điểm")
        self._leave_open(
            "những mặt làm được, bài có sức lan tỏa, việc đã thay đổi sau khi bài đăng"
        )
        self._begin_section("Hạn chế, nguyên nhân")
        self._leave_open("những mặt chưa được và vì sao")
        self._begin_part("Phương hướng, nhiệm vụ thời gian tới")
        self._leave_open("việc sẽ làm, ai làm, bao giờ xong; địa bàn và lĩnh vực cần tìm gương")
        self._begin_part("Đề xuất, kiến nghị")
        self._leave_open("điều cần cấp trên, địa phương, đơn vị phối hợp giúp")
        self._say(f"Trên đây là báo cáo {ABOUT} {self.tally.period.words}./.")

    def write_annex(self) -> None:
        """Write the list of stories on a page of its own."""
        title = self.document.add_paragraph("Phụ lục", style="Title")
        title.paragraph_format.page_break_before = True
        self.document.add_paragraph(
            f"DANH SÁCH BÀI ĐĂNG {self.tally.period.words.upper()}", style="Title"
        )
        code = self.head.code or "…"
        number = f"số …-{SORT}/{code}" if self.head.is_party else f"số …/{SORT}-{code}"
        day = "ngày … tháng … năm …"
        told = f"(Kèm theo Báo cáo {number}, {day} của {self.head.agency})"
        self.document.add_paragraph(told, style="Caption")
        if not self.tally.stories:
            self._say("Trong kỳ không có bài nào.")
            return
        rows = [
            (
                str(n),
                format_date(story.day),
                story.title or HIDDEN_TITLE,
                story.column,
                story.place,
                ", ".join(story.contributors),
            )
            for n, story in enumerate(self.tally.stories, 1)
        ]
        header = ("TT", "Ngày", "Bài", "Chuyên mục", "Địa phương", "Người viết")
        add_rows(self.document, header, rows, _LIST_WIDTHS)

    def _tell_stories(self) -> Iterator[str]:
        now, before = self.tally.totals, self.tally.totals_before
        period, earlier = self.tally.period.words, self.tally.period.before.words
        told = compare(now.stories, before.stories, "bài", earlier)
        if not now.stories:
            yield f"Trong {period}, trang “{self.site}” không đăng bài nào, {told}."
            return
        yield f"Trong {period}, trang “{self.site}” đăng {format_count(now.stories)} bài, {told}."
        yield (
            f"Các bài viết về {format_count(now.honorees)} nhân vật (cá nhân, tập thể, hộ gia "
            f"đình) ở {format_count(now.places)} địa phương, do "
            f"{format_count(now.contributors)} người viết, chụp ảnh, quay phim thực hiện."
        )

    def _add_totals(self) -> None:
        rows = [
            (name, format_count(now), format_count(before), format_change(now, before))
            for name, now, before in list_totals(self.tally)
        ]
        self._caption("Số liệu chung")
        widths = (TEXT_WIDTH - sum(_WIDTHS[1:4]), *_WIDTHS[1:4])
        header = ("Chỉ tiêu", "Kỳ này", "Kỳ trước", "Tăng, giảm")
        add_rows(self.document, header, rows, widths, numeric=frozenset({1, 2, 3}))
        self._end_table()

    def _compare(self, caption: str, column: str, rows: Sequence[Count]) -> None:
        """Add a breakdown with bars; one in which there is nothing says so."""
        if not any(row.now or row.before for row in rows):
            self._say("Cả kỳ này và kỳ trước đều không có.")
            return
        self._caption(caption)
        texts = [
            (
                row.name,
                format_count(row.now),
                format_count(row.before),
                format_change(row.now, row.before),
                "",
            )
            for row in rows
        ]
        header = (column, "Kỳ này", "Kỳ trước", "Tăng, giảm", "Đậm: kỳ này, nhạt: kỳ trước")
        table = add_rows(self.document, header, texts, _WIDTHS, numeric=frozenset({1, 2, 3}))
        draw_bars(table, 4, [(row.now, row.before) for row in rows], _WIDTHS[4])
        self._end_table()

    def _tell_unwritten(self) -> None:
        tally = self.tally
        missing = len(tally.unwritten)
        told = compare(missing, tally.unwritten_before, "đơn vị", tally.period.before.words)
        self._say(
            f"Trong {format_count(tally.communes)} đơn vị cấp xã của tỉnh, "
            f"{format_count(missing)} đơn vị chưa có bài trong kỳ, {told}."
        )
        never = [each.name for each in tally.unwritten if not each.is_ever]
        once = [each.name for each in tally.unwritten if each.is_ever]
        if never:
            self._say(f"Chưa từng có bài: {'; '.join(never)}.")
        if once:
            self._say(f"Đã có bài ở kỳ khác: {'; '.join(once)}.")

    def _tell_corrections(self) -> None:
        tally = self.tally
        now, before = tally.totals, tally.totals_before
        earlier = tally.period.before.words
        corrected = compare(now.corrections, before.corrections, "chỗ", earlier)
        retracted = compare(now.retractions, before.retractions, "bài", earlier)
        self._say(
            f"Cải chính {format_count(now.corrections)} chỗ, {corrected}; gỡ "
            f"{format_count(now.retractions)} bài, {retracted}."
        )
        if tally.corrected:
            self._caption("Những chỗ đã cải chính")
            rows = [
                (format_date(each.day), each.title or HIDDEN_TITLE, each.was, each.now)
                for each in tally.corrected
            ]
            header = ("Ngày", "Bài", "Đã đăng", "Nay sửa là")
            add_rows(self.document, header, rows, (24, 55, 43, 43))
            self._end_table()
        for each in tally.retracted:
            self._say(f"Gỡ một bài ngày {format_date(each.day)}, lý do: {each.reason}")

    def _begin_part(self, name: str) -> None:
        self._parts, self._sections = self._parts + 1, 0
        sign = "-" if self.head.is_party else "."
        numeral = ("I", "II", "III", "IV", "V")[self._parts - 1]
        self.document.add_heading(f"{numeral}{sign} {name.upper()}", 1)

    def _begin_section(self, name: str) -> None:
        self._sections += 1
        self.document.add_heading(f"{self._sections}. {name}", 2)

    def _say(self, text: str) -> Paragraph:
        paragraph: Paragraph = self.document.add_paragraph(text, style="Body Text")
        return paragraph

    def _caption(self, text: str) -> None:
        self._tables += 1
        paragraph = self.document.add_paragraph(f"Bảng {self._tables}. {text}", style="Caption")
        paragraph.paragraph_format.keep_with_next = True

    def _end_table(self) -> None:
        """Leave room below a table, which has no space of its own."""
        self.document.add_paragraph().paragraph_format.line_spacing = Pt(8)

    def _leave_open(self, what: str) -> None:
        """Add a place for what a person writes, with a hint of what belongs there."""
        self._blanks += 1
        paragraph = self.document.add_paragraph(style="Body Text")
        run = paragraph.add_run(f"[Viết vào đây: {what}]")
        run.italic, run.font.color.rgb = True, _GREY
        control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
        marks = (("alias", "Người viết điền"), ("id", str(self._blanks)))
        for name, value in (*marks, ("temporary", None), ("showingPlcHdr", None)):
            mark = OxmlElement(f"w:{name}")
            if value is not None:
                mark.set(qn("w:val"), value)
            properties.append(mark)
        content = OxmlElement("w:sdtContent")
        paragraph._p.addprevious(control)
        control.append(properties)
        control.append(content)
        content.append(paragraph._p)
