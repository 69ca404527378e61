"""The page of corrections: what the newsroom had wrong, in the form that press law asks for."""

from __future__ import annotations

from guongsang.addresses import CORRECTIONS, HOME, section_url
from guongsang.archive.archive import Archive
from guongsang.views.model import CorrectionEntry, CorrectionsView, CorrectionView, Link
from guongsang.views.outputs import Output
from guongsang.views.wording import day_text, short_day

TITLE = "Thông tin cải chính, xin lỗi"
_INTRO = "Những chỗ tòa soạn đã đăng chưa đúng và nay sửa lại, mới nhất ở trên."


def plan_corrections(archive: Archive) -> Output:
    """Plan the page; it is there before the first correction, so that links to it never break."""
    view = CorrectionsView((Link("Trang chủ", HOME),), TITLE, _INTRO, _entries(archive))
    return Output(CORRECTIONS, TITLE, _INTRO, "corrections.html", view)


def _entries(archive: Archive) -> tuple[CorrectionEntry, ...]:
    """Return the corrections of public stories, newest first; of one day, the newer story first."""
    corrected = archive.content.corrected_stories()
    dated = [(item, story) for story in corrected for item in story.front.corrections]
    dated.sort(key=lambda pair: pair[0].date, reverse=True)
    columns = archive.registers.columns
    return tuple(
        CorrectionEntry(
            correction=CorrectionView(day_text(item.date), item.was, item.now),
            story=archive.story_link(story),
            lang=story.front.lang,
            column=Link(
                columns[story.front.column].name, section_url("column", story.front.column)
            ),
            published=short_day(story.instant),
        )
        for item, story in dated
    )
