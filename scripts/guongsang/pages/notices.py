"""Pages that say why there is no story: retracted, not found, broken while it is previewed."""

from __future__ import annotations

from guongsang.addresses import HOME, NOT_FOUND, SEARCH
from guongsang.archive.archive import Archive
from guongsang.pages.lists import list_ways
from guongsang.problems.problem import Problem
from guongsang.views.model import BrokenView, Link, NotFoundView, ProblemLine, RetractedView
from guongsang.views.outputs import Output
from guongsang.views.wording import day_text


def plan_retracted(archive: Archive, slug: str) -> Output:
    """Plan the neutral page of a retracted story: no name, no title, no picture."""
    story = archive.story(slug)
    retraction = story.front.retracted
    newsroom = archive.registers.newsroom
    view = RetractedView(
        date=day_text(retraction.date) if retraction else None,
        reason=retraction.reason if retraction else None,
        contact=newsroom.contact.name,
        email=newsroom.contact.email,
    )
    description = "Tòa soạn đã gỡ bài này."
    return Output(story.url, "Bài đã gỡ", description, "retracted.html", view, noindex=True)


def plan_not_found(archive: Archive) -> Output:
    """Plan the page for addresses that lead nowhere; its links are absolute."""
    newsroom = archive.registers.newsroom
    search = SEARCH if newsroom.switches.search else None
    ways = (Link("Trang chủ", HOME), *list_ways(archive, "column", "honoree", "place"))
    view = NotFoundView(archive.content.site_url, newsroom.contact.email, search, ways)
    title = "Không tìm thấy trang"
    description = "Địa chỉ này không có trang nào."
    return Output(NOT_FOUND, title, description, "not-found.html", view, noindex=True)


def plan_broken(_archive: Archive, url: str, problems: tuple[Problem, ...]) -> Output:
    """Plan the page that stands in for a story with errors and says what to type."""
    lines = tuple(
        ProblemLine(each.path, each.line, each.column, each.rule, each.message(), each.hint())
        for each in problems
    )
    title = "Bài đang có lỗi"
    description = "Sửa xong những lỗi này thì bài hiện ra."
    return Output(url, title, description, "broken.html", BrokenView(lines), noindex=True)
