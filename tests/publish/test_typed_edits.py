"""Whatever is typed into a story: the edit publishes what a clean build does."""

from __future__ import annotations

import re

STORIES = ("con-chu", "mot-giot-mau", "nguoi-giu-lua")
# How people type, a piece each, and what they paste from elsewhere; one more or less a line.
TYPED = [
    "1954. Năm ấy cả bản ra đồng.\n12. 5 là ngày hội.",
    "1. Mở đường\n\nCả bản góp công.\n\n2. Dẫn nước\n\n3. Dựng trường",
    "    Một đoạn thụt vào bốn dấu cách.\n\n\tMột đoạn thụt vào bằng Tab.",
    "Bà con mang theo:\n- gạo nếp\n- củi khô\n* muối",
    "– Cháu ăn cơm chưa?\n– Dạ, cháu ăn rồi ạ.",
    "Suối về qua bản\nNương lên lưng đồi\nCâu hát còn lại\nỞ trong tiếng cười",
    "Ruộng bậc thang xanh\nNối nhau lên trời\n{: .tho }",
    "Ruộng bậc thang xanh\n{: .Thơ }",
    "Dòng đầu\\\ndòng sau",
    "Báo <Tiền Phong> viết: 7*8*9, a*b*c, hai dấu (*) và _gạch_dưới_.",
    "**Ảnh:**Tổ minh họa, *nghiêng*và **đậm**liền.",
    "https://www.youtube.com/watch?v=a1-b2_c3d4E",
    "Đường dẫn trần: https://bao.example/2026/ban-moi.html, hết.",
    "[Ảnh]: Tổ minh họa\n\nDòng trên gạch\n---\n\nDòng trên bằng\n=====\n\n#ConChu",
    "Lúa theo năm:\n| Năm | Tấn |\n|---|--:|\n| 2024 | 12 |\n| 2025 | 15 |",
    "1. một\n3. ba\n  - hai dấu cách\n    - bốn dấu cách",
    "* Ông đi từ bao giờ?\n- Từ lúc gà gáy.\n* Có mệt không?\n- Không.",
    "Chú thích[^a] và chú thích thiếu[^thieu].\n\n[^a]: Theo lời kể.",
    "~~gạch~~ {{< figure src='a.jpg' >}} {% youtube a1-b2_c3d4E %} ![[x.jpg]] [caption]",
    "- [ ] việc chưa xong\n- [x] việc đã xong",
    "| " + " | ".join(f"Cột {n}" for n in range(12)) + " |\n" + "|---" * 12 + "|\n" + "| 1 " * 12,
    "<div>\n[08:30] <Pờ A> Chào bà con. <b>Đậm</b>\n</div>",
    "Mường\u00a0Mẫu, hai chữ, 5 km\u00b2, 🧑\u200d🌾.",
    "> Trích lời bà:\n> “Học để biết.”\n\n> Trích nữa",
    "```\na < b && c\n```\n\nGõ `<b>` nhé &nbsp; &lt;i&gt; &#8211; hết.",
    "<!-- ghi cho tổ -->\n\nSau lời ẩn.",
    "## Đề mục lạ {: #de-muc .tho }\n\n### Đề mục\n\n#### Đề mục",
]
MARK = "\n\nHết phần thêm {}.\n"


def type_into(newsroom, slug, pieces):
    """Write pieces below the story's own text, instead of those of the round before."""
    path = newsroom.path(slug)
    text = re.sub(r"\n\nThêm:\n.*", "", path.read_text("utf-8"), flags=re.DOTALL)
    more = "".join(f"\n\n{piece}{MARK.format(at)}" for at, piece in enumerate(pieces))
    path.write_text(f"{text.rstrip()}\n\nThêm:\n{more}", "utf-8")


def test_a_story_edited_in_each_way_is_published_as_a_clean_build_does(published):
    rounds = 3
    for number in range(rounds):
        dealt = TYPED[number::rounds]
        for at, slug in enumerate(STORIES):
            type_into(published, slug, dealt[at :: len(STORIES)])
        ran = published.build()
        assert "Không có gì thay đổi" not in ran.out
        assert published.bytes() == published.clean_bytes()


FILMED = [
    ("[Cầu mới (3:25)](phim.mp4)", "films:\n  - src: phim.mp4\n"),
    ("[![](bia.jpg) Cầu mới (5 phút 20 giây)](phim.mp4)", "films:\n  - src: phim.mp4\n"),
    ("Xem [phim](phim.mp4).", "films:\n  - src: phim.mp4\n    credit: Tổ minh họa\n"),
    ("[Cầu](phim.mp4)", "films:\n  - {src: phim.mp4, transcript: Lời một}\n"),
    ("[Cầu (0:40)](https://youtu.be/abc123)", ""),
]


def test_films_come_change_and_go_as_in_a_clean_build(published, make_film):
    path = published.path(STORIES[0])
    front, _, body = path.read_text("utf-8").partition("\n---\n")
    film, out = path.with_name("phim.mp4"), published.site / f"phim/{STORIES[0]}/phim.mp4"
    for number, (typed, listed) in enumerate(FILMED):
        film.write_bytes(make_film(number))
        if not listed:
            film.unlink()
        path.write_text(f"{front}\n{listed}---\n\n{typed}\n\n{body}", "utf-8")
        ran = published.build()
        assert "Không có gì thay đổi" not in ran.out
        assert published.bytes() == published.clean_bytes()
        assert out.is_file() == bool(listed)
        if listed:
            assert out.read_bytes() == film.read_bytes()


def test_a_film_goes_with_its_story(newsroom, make_film):
    path = newsroom.path(STORIES[2])
    front, _, body = path.read_text("utf-8").partition("\n---\n")
    path.with_name("phim.mp4").write_bytes(make_film(1))
    told = f"{front}\nfilms:\n  - src: phim.mp4\n---\n\n[Cầu](phim.mp4)\n{body}"
    path.write_text(told, "utf-8")
    newsroom.build()
    out = newsroom.site / "phim"
    assert (out / STORIES[2] / "phim.mp4").is_file()
    gone = "status: retracted\nretracted: {date: 2026-06-20, reason: Theo yêu cầu}"
    path.write_text(told.replace("status: ready", gone), "utf-8")
    newsroom.build()
    assert not out.exists()
    path.write_text(told, "utf-8")
    newsroom.build()
    assert (out / STORIES[2] / "phim.mp4").is_file()
    assert newsroom.run("erase", STORIES[2]).code == 0
    newsroom.build()
    assert not out.exists()


REFUSED = [
    "<<<<<<< HEAD\nmột\n=======\nhai\n>>>>>>> ban-khac",
    '<iframe src="https://www.youtube.com/embed/a1-b2_c3d4E"></iframe>',
    "Mường\u00ad Mẫu",
]


def test_edits_that_are_refused_are_published_once_they_are_mended(published):
    before = published.bytes()
    for piece in REFUSED:
        type_into(published, STORIES[0], [*TYPED[:3], piece])
        assert published.run("build").code == 1
        assert published.bytes() == before
    type_into(published, STORIES[0], TYPED[:3])
    published.build()
    assert published.bytes() == published.clean_bytes()
