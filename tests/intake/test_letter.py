"""Letters as mail programs save them: text or HTML, however packed, whoever made them."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from guongsang.intake.mail import MOST_BYTES, read_letter
from guongsang.intake.manuscript import UnreadableError

TEXT = "Kính gửi tòa soạn,\n\nÔng Mẫu & bà Mẫu <giữ rừng> “từ lâu”."
HTML = "<p>Kính gửi tòa soạn,</p><p>Ông Mẫu &amp; bà Mẫu &lt;giữ rừng&gt; “từ lâu”.</p>"


def make(body=TEXT, *, subtype="plain", cte="quoted-printable", charset="utf-8"):
    mail = EmailMessage()
    mail["Subject"] = "Giới thiệu một tấm gương ở bản Mẫu"
    mail["From"] = "Người Gửi Mẫu <gui@example.org>"
    mail["Date"] = "Mon, 30 Nov 2026 23:30:00 +0000"
    mail.set_content(body, subtype=subtype, cte=cte, charset=charset)
    return mail


def read(mail):
    content = mail if isinstance(mail, bytes) else mail.as_bytes(policy=SMTP)
    return read_letter(content, "thu.EML")


def refuse(content, name="thu.eml"):
    with pytest.raises(UnreadableError) as caught:
        read_letter(content, name)
    return caught.value.reason


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize(("subtype", "body"), [("plain", TEXT), ("html", HTML)])
def test_text_and_html_say_the_same_however_they_are_packed(subtype, body, cte):
    letter = read(make(body, subtype=subtype, cte=cte))
    assert letter.text == TEXT
    assert letter.subject == "Giới thiệu một tấm gương ở bản Mẫu"
    assert letter.sender == "Người Gửi Mẫu <gui@example.org>"
    assert letter.date == dt.date(2026, 12, 1)  # in Vietnam
    assert letter.attachments == ()


def test_of_two_versions_the_text_is_taken_and_attachments_are_named():
    mail = make()
    mail.add_alternative(HTML, subtype="html")
    mail.add_attachment(
        b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="ảnh ông Mẫu.jpg"
    )
    mail.add_attachment("Chữ trong tệp.", filename="kèm.txt")
    letter = read(mail)
    assert letter.text == TEXT
    assert letter.attachments == ("ảnh ông Mẫu.jpg", "kèm.txt")


def test_a_letter_that_was_sent_on_is_read():
    outer = EmailMessage()
    outer["Subject"] = "Fwd: thư"
    outer.set_content("Chuyển tòa soạn.")
    outer.add_attachment(make())
    assert read(outer).text == f"Chuyển tòa soạn.\n\n\n{TEXT}"


@pytest.mark.parametrize("charset", ["windows-1258", "utf-16", "no-such", "hex", "idna", "utf-7"])
def test_other_and_false_encodings_do_no_harm(charset):
    mail = make("Ong Mau giu rung", cte="base64")
    content = mail.as_bytes(policy=SMTP).replace(
        b'charset="utf-8"', f'charset="{charset}"'.encode()
    )
    letter = read(content)
    assert letter.text == "Ong Mau giu rung" or charset == "utf-16"


def test_text_files_are_letters_too():
    assert read_letter(TEXT.replace("\n", "\r\n").encode("utf-8-sig"), "thu.txt").text == TEXT
    assert read_letter("e\u0302\u0301".encode(), "a.txt").text == "ế"


def test_names_cannot_move_the_cursor_or_turn_the_line():
    mail = make()
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="x")
    evil = '"a\x1b[2Jb\u202egpj.exe\x07"'.encode()
    letter = read(mail.as_bytes(policy=SMTP).replace(b'filename="x"', b"filename=" + evil))
    (name,) = letter.attachments
    assert not set(name) & {"\x1b", "\x07", "\u202e", "\n"}


def test_hostile_mails_are_refused_or_read_in_one_go():
    assert refuse(b"") == "empty"
    assert refuse(b"Subject: x\n\n") == "empty"
    assert refuse(TEXT.encode(), "thu.docx") == "letter-kind"
    assert refuse(b"x" * (MOST_BYTES + 1)) == "too-big"
    many = b"".join(b"--b\n\nx\n" for _ in range(2000))
    assert refuse(b"Content-Type: multipart/mixed; boundary=b\n\n" + many + b"--b--\n") == "bomb"
    deep = b"Content-Type: message/rfc822\n\n" * 3000 + b"x"
    assert refuse(deep) in ("too-deep", "bomb")


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe garbage without a head",
        b"Subject: =?utf-8?b?!!!!?=\nDate: not a day\n\nx",
        b"Subject: \xc3\xb4ng M\xe1\xba\xabu\nFrom: =?no-such?q?=FF?=\n\nx",
        b"Content-Type: text/html\n\n<script>alert(1)</script><p onclick=x>x",
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Transfer-Encoding: base64\n\n%%%%x",
        b"Date: Mon, 30 Nov 99999999 00:00:00 +0000\n\nx",
        b"Content-Type: text/plain; charset*=x'y'%FF; name*0*=''%E1\n\nx",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(content):
    try:
        letter = read(content)
    except UnreadableError as error:
        assert error.reason in ("no-text", "empty")
    else:
        assert "alert" not in letter.text and "\0" not in letter.text
