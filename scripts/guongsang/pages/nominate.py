"""The page on which readers nominate: six questions, and the letter that answers to them make.

Nothing is sent: readers mail it, copy it, or hand it to an app of their own. Without script the
letter is there with its questions, to be filled in and copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from guongsang.addresses import HOME, NOMINATE
from guongsang.archive.archive import Archive
from guongsang.registers.model import Contact
from guongsang.views.absolute import absolute_url
from guongsang.views.model import Link, NominateView, Question
from guongsang.views.outputs import Output, Page

TITLE: Final = "Giới thiệu một tấm gương"
_INTRO: Final = (
    "Bạn biết một người, một tập thể hay một gia đình làm việc tốt? Trả lời sáu câu dưới đây là "
    "thành một lá thư gửi tòa soạn."
)
_DESCRIPTION: Final = "Sáu câu hỏi thành một lá thư giới thiệu người tốt, việc tốt với tòa soạn."
QUESTIONS: Final = (
    Question(
        "Bạn muốn giới thiệu ai?",
        "Tên và cách gọi một người; hoặc tên tập thể, gia đình.",
    ),
    Question(
        "Người ấy sống hoặc làm việc ở đâu?",
        "Thôn, bản hay nơi làm việc; xã hay phường. Không cần số nhà.",
    ),
    Question(
        "Người ấy đã làm việc gì đáng để mọi người biết?",
        "Kể như kể với người quen: việc gì, từ khi nào, giúp được ai.",
        rows=6,
    ),
    Question(
        "Ai biết rõ việc ấy và xác nhận được?",
        "Ủy ban xã, trưởng bản, nhà trường, đơn vị, bà con quanh đó.",
    ),
    Question(
        "Người ấy đã biết và đồng ý để bạn giới thiệu chưa?",
        "Chưa hỏi cũng được: tòa soạn sẽ tự hỏi trước khi viết. Với trẻ em, hỏi cả cha mẹ.",
    ),
    Question(
        "Bạn là ai, tòa soạn hỏi lại bạn bằng cách nào?",
        "Tên và số điện thoại hay thư điện tử. Chỉ để hỏi lại, không đăng lên trang.",
    ),
)


def list_nominate(archive: Archive) -> Iterator[Page]:
    """Yield the page, unless the newsroom has switched nominations off."""
    if archive.registers.newsroom.switches.nominate:
        yield Page(NOMINATE, plan_nominate)


def plan_nominate(archive: Archive) -> Output:
    """Plan the page. It follows from the newsroom's register alone."""
    newsroom = archive.registers.newsroom
    contact = newsroom.contact
    letter = write_letter(contact.name, absolute_url(archive.content.site_url, NOMINATE))
    view = NominateView(
        trail=(Link("Trang chủ", HOME),),
        title=TITLE,
        intro=_INTRO,
        questions=tuple(
            each._replace(ask=number_question(number, each))
            for number, each in enumerate(QUESTIONS, start=1)
        ),
        letter=letter,
        email=contact.email,
        subject=TITLE,
        mail=f"mailto:{contact.email}?{_query(TITLE, letter)}" if contact.email else None,
        name=contact.name,
        ways=tuple(list_ways(contact)),
    )
    return Output(NOMINATE, TITLE, _DESCRIPTION, "nominate.html", view)


def number_question(number: int, question: Question) -> str:
    """Return a question as the letter has it: "1. Bạn muốn giới thiệu ai?"."""
    return f"{number}. {question.ask}"


def write_letter(to: str, address: str) -> str:
    """Return the letter with its questions, an empty line below each for the answer."""
    asked = (f"{number_question(at, each)}\n\n" for at, each in enumerate(QUESTIONS, start=1))
    return f"Kính gửi {to},\n\n{''.join(asked)}Trang giới thiệu: {address}\n"


def list_ways(contact: Contact) -> Iterator[Link]:
    """Yield where a letter can be sent or brought to; an address of a house leads nowhere."""
    if contact.email:
        yield Link(contact.email, f"mailto:{contact.email}")
    if contact.phone:
        digits = "".join(each for each in contact.phone if each.isdecimal() or each == "+")
        yield Link(contact.phone, f"tel:{digits}")
    if contact.address:
        yield Link(contact.address, None)


def _query(subject: str, body: str) -> str:
    # RFC 6068: lines of a body end with CR and LF.
    lines = body.replace("\n", "\r\n")
    return f"subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
