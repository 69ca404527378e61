"""Manuscripts as newsrooms of the Northwest get them, each with the story that it is.

All people, places and deeds are made up. The stories were written down before there was anything
that makes them; who changes one looks at the page first: `python -m tests.intake.manuscripts DIR`
writes all documents. In `seen.yml` they stand as somebody read them who had only their pages.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from tests.intake.old_letters import to_tcvn3, to_vni
from tests.intake.word import Word, box, field, jpeg, p, run, table, tracked


@dataclass(frozen=True)
class Case:
    """A manuscript and its story.

    `authors` are names with what they did, `photos` are caption and credit of the cover and the
    others in their order, `told` the kinds of what did not come through as it was.
    """

    name: str
    word: Word
    title: str
    body: str
    authors: tuple[tuple[str, str], ...] = ()
    photos: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    column: str = ""
    date: str = ""
    told: tuple[str, ...] = ()


LEDE = (
    "Mười hai năm nay, mỗi sáng thứ hai, ông Páo lại gánh hai can nước lên điểm trường "
    "Hua Khắt để lũ trẻ có nước nấu cơm trưa."
)
ONE = "Điểm trường nằm trên đỉnh dốc, cách suối gần hai cây số. Mùa khô, giếng cạn trơ đáy."
TWO = "Ông bảo: “Mình còn khỏe thì mình gánh. Trẻ con đói bụng thì không học được”."
THREE = "Năm ngoái, bản góp tiền mua ống, dẫn nước từ khe Nậm Lúc về tận sân trường."
FOUR = "Nay vòi nước đã chảy, nhưng sáng thứ hai ông vẫn lên, xem ống có rò rỉ chỗ nào không."
STORY = f"{LEDE}\n\n{ONE}\n\n{TWO}\n\n{THREE}\n\n{FOUR}\n"
VERSE = "Nước về qua dốc qua đèo\nLũ trẻ reo giữa mái nghèo sáng lên"
TITLE = "Người gánh nước lên Hua Khắt"
BY = (("Lò Văn Pâng", "text"),)
BOTH = (("Lò Văn Pâng", "text-photo"),)


def plain(*blocks):
    return Word(*blocks)


def story(before=(), after=(), **look):
    """Return a document with the usual text between others."""
    return Word(*before, *(p(each, **look) for each in (LEDE, ONE, TWO, THREE, FOUR)), *after)


def cases():
    yield from _titles_and_bylines()
    yield from _pictures()
    yield from _old_machines()
    yield from _habits_of_word()
    yield from _shapes_of_text()
    yield from _second_thoughts()


def _titles_and_bylines():
    yield Case(
        "01-tieu-de-giua",
        story(
            before=[p(TITLE, align="center", bold=True, size=16)],
            after=[p("Lò Văn Pâng", align="right", bold=True)],
        ),
        TITLE,
        STORY,
        BY,
    )
    yield Case(
        "02-chu-hoa",
        story(
            before=[p("NGƯỜI GÁNH NƯỚC LÊN HUA KHẮT", align="center", bold=True)],
            after=[p("Bài, ảnh: Lò Văn Pâng", align="right", italic=True)],
        ),
        TITLE,
        STORY,
        BOTH,
        told=("title-capitals",),
    )
    yield Case(
        "03-chuyen-muc-tren-tieu-de",
        story(
            before=[
                p("Gương người tốt, việc tốt", italic=True),
                p(TITLE, style="Tiu"),
            ],
            after=[p("Bài và ảnh: Lò Văn Pâng – Vàng Thị Dợ", align="right")],
        ),
        TITLE,
        STORY,
        (("Lò Văn Pâng", "text-photo"), ("Vàng Thị Dợ", "text-photo")),
        column="Gương người tốt, việc tốt",
    )
    yield Case(
        "04-sapo-dam",
        Word(
            p(TITLE, align="center", bold=True),
            p(LEDE, bold=True),
            *map(p, (ONE, TWO, THREE, FOUR)),
            p("Bài: Lò Văn Pâng; Ảnh: Vàng Thị Dợ", align="right"),
        ),
        TITLE,
        STORY,
        (("Lò Văn Pâng", "text"), ("Vàng Thị Dợ", "photo")),
    )
    yield Case(
        "05-ten-duoi-tieu-de",
        Word(
            p(TITLE, bold=True, size=18),
            p("Tác giả: Lò Văn Pâng", italic=True),
            *map(p, (LEDE, ONE, TWO, THREE, FOUR)),
        ),
        TITLE,
        STORY,
        BY,
    )
    yield Case(
        "06-theo-bao-khac",
        story(
            before=[p(TITLE, style="Tiu1")],
            after=[p("Theo Báo Điện Biên Phủ", align="right", italic=True)],
        ),
        TITLE,
        STORY,
        sources=("Báo Điện Biên Phủ",),
    )
    yield Case(
        "07-ngay-va-so-dien-thoai",
        story(
            before=[p(TITLE, align="center", bold=True)],
            after=[
                p("Mường Nhé, ngày 12 tháng 5 năm 2026", align="right", italic=True),
                p("Lò Văn Pâng", align="right", bold=True),
                p("ĐT: 0912 345 678, email: pang@example.vn", align="right"),
            ],
        ),
        TITLE,
        STORY,
        BY,
        date="2026-05-12",
        told=("contact", "dateline"),
    )
    yield Case(
        "08-khong-tieu-de-kieu-nao",
        story(before=[p(TITLE)], after=[p("\t\t\t\tLò Văn Pâng")]),
        TITLE,
        STORY,
        BY,
    )


def _pictures():
    word = Word()
    word.add(
        p(TITLE, align="center", bold=True),
        p(LEDE),
        p(word.picture(), align="center"),
        p("Ông Páo trên dốc Hua Khắt. Ảnh: Lò Văn Pâng", style="Chuthich", align="center"),
        *map(p, (ONE, TWO)),
        p(word.picture(jpeg(colour=(20, 160, 60)))),
        p("Vòi nước ở sân trường.", italic=True),
        *map(p, (THREE, FOUR)),
        p("Lò Văn Pâng", align="right"),
    )
    yield Case(
        "09-anh-va-chu-thich",
        word,
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n{TWO}\n\n![](anh-1.jpg)\n\n{THREE}\n\n{FOUR}\n",
        BY,
        photos=(("Ông Páo trên dốc Hua Khắt.", "Lò Văn Pâng"), ("Vòi nước ở sân trường.", "")),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE),
        table([p(word.picture())], [p("Ông Páo kiểm tra đường ống (Ảnh: Vàng Dợ)", italic=True)]),
        *map(p, (ONE, TWO, THREE, FOUR)),
        p("Bài, ảnh: Lò Văn Pâng", align="right"),
    )
    yield Case(
        "10-anh-trong-bang",
        word,
        TITLE,
        STORY,
        BOTH,
        photos=(("Ông Páo kiểm tra đường ống", "Vàng Dợ"),),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(word.picture(), align="center"),
        p("Ảnh: bà con bản Hua Khắt dẫn nước về", italic=True, align="center"),
        *map(p, (LEDE, ONE, TWO, THREE, FOUR)),
    )
    yield Case(
        "11-anh-la-loi-chu-thich",
        word,
        TITLE,
        STORY,
        photos=(("Bà con bản Hua Khắt dẫn nước về", ""),),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        *map(p, (LEDE, ONE)),
        p(
            word.picture(),
            word.picture(jpeg(colour=(9, 99, 9))),
            word.picture(jpeg(colour=(5, 5, 5))),
        ),
        p("Ảnh 1: Ông Páo lên dốc.", italic=True),
        p("Ảnh 2: Khe Nậm Lúc.", italic=True),
        p("Ảnh 3: Bữa trưa ở điểm trường.", italic=True),
        *map(p, (TWO, THREE, FOUR)),
    )
    yield Case(
        "12-ba-anh-mot-dong",
        word,
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n![](anh-1.jpg)\n\n![](anh-2.jpg)\n\n{TWO}\n\n{THREE}\n\n{FOUR}\n",
        photos=(
            ("Ông Páo lên dốc.", ""),
            ("Khe Nậm Lúc.", ""),
            ("Bữa trưa ở điểm trường.", ""),
        ),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE, word.picture()),
        *map(p, (ONE, TWO, THREE, FOUR)),
        p("Chú thích ảnh:", bold=True),
        p("Ảnh 1. Ông Páo và lũ trẻ."),
        p("Lò Văn Pâng", align="right"),
    )
    yield Case("13-chu-thich-o-cuoi", word, TITLE, STORY, BY, photos=(("Ông Páo và lũ trẻ.", ""),))
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE),
        p(word.picture(), box(p("Ông Páo bên vòi nước mới.", italic=True))),
        *map(p, (ONE, TWO, THREE, FOUR)),
    )
    yield Case(
        "14-chu-thich-trong-hop",
        word,
        TITLE,
        STORY,
        photos=(("Ông Páo bên vòi nước mới.", ""),),
        told=("box",),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        *map(p, (LEDE, ONE)),
        p(word.picture(b"\xd7\xcd\xc6\x9a" + bytes(80), "image7.wmf")),
        p(word.picture(name="https://bao.example/anh/9.jpg", external=True)),
        *map(p, (TWO, THREE, FOUR)),
    )
    yield Case(
        "15-anh-khong-lay-duoc",
        word,
        TITLE,
        STORY,
        told=("metafile", "picture-outside"),
    )


def _old_machines():
    def old(encode, font, high=""):
        return Word(
            p(
                encode(TITLE.upper() if not high else TITLE.lower()),
                align="center",
                font=high or font,
            ),
            *(p(encode(each), font=font) for each in (LEDE, ONE, TWO, THREE, FOUR)),
            p(encode("Lò Văn Pâng"), align="right", font=font),
        )

    yield Case(
        "16-tcvn3",
        old(to_tcvn3, ".VnTime", ".VnTimeH"),
        TITLE,
        STORY,
        BY,
        told=("letters", "title-capitals"),
    )
    yield Case(
        "17-vni",
        old(to_vni, "VNI-Times"),
        TITLE,
        STORY,
        BY,
        told=("letters", "title-capitals"),
    )
    yield Case(
        "18-phong-chu-noi-sai",
        old(to_tcvn3, "Times New Roman", ".VnTimeH"),
        TITLE,
        STORY,
        BY,
        told=("letters", "title-capitals"),
    )
    yield Case(
        "19-nua-cu-nua-moi",
        Word(
            p(TITLE, style="Tiu"),
            p(to_tcvn3(LEDE), font=".VnTime"),
            p(ONE),
            p(to_vni(TWO), font="VNI-Times"),
            p(THREE, font=".VnTime"),
            p(FOUR),
        ),
        TITLE,
        STORY,
        told=("letters",),
    )


def _habits_of_word():
    yield Case(
        "20-sua-co-theo-doi",
        Word(
            p(TITLE, style="Tiu"),
            p(LEDE),
            p(ONE, tracked("del", run(" Xin xem lại.")), tracked("ins", run(" Ai cũng khổ."))),
            *map(p, (TWO, THREE, FOUR)),
        ),
        TITLE,
        STORY.replace("trơ đáy.", "trơ đáy. Ai cũng khổ."),
        told=("changes",),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE),
        p(ONE, word.note(p("Theo sổ tay của trưởng bản."))),
        *map(p, (TWO, THREE, FOUR)),
    )
    yield Case(
        "21-cuoc-chu",
        word,
        TITLE,
        STORY.replace("trơ đáy.", "trơ đáy.[^1]") + "\n[^1]: Theo sổ tay của trưởng bản.\n",
    )
    yield Case(
        "22-hop-ben-le",
        Word(
            p(TITLE, style="Tiu"),
            *map(p, (LEDE, ONE)),
            p(TWO, box(p("Hua Khắt có 42 nóc nhà, 18 em học lớp ghép."))),
            *map(p, (THREE, FOUR)),
        ),
        TITLE,
        STORY.replace(
            f"{TWO}\n\n",
            f"{TWO}\n\nHua Khắt có 42 nóc nhà, 18 em học lớp ghép.\n{{: .ghi-chu }}\n\n",
        ),
        told=("box",),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE.replace(" ", "\u00a0")),
        p(
            word.link("https://hua-khat.example/truong", "Điểm trường"),
            ONE.removeprefix("Điểm trường"),
        ),
        p(TWO.replace("khỏe", "kh\u200bỏe")),
        p(THREE, field('HYPERLINK \\l "muc"', run(""))),
        p(FOUR),
    )
    yield Case(
        "23-dan-tu-trang-web",
        word,
        TITLE,
        STORY.replace("\nĐiểm trường", "\n[Điểm trường](https://hua-khat.example/truong)"),
    )
    yield Case(
        "24-chu-bi-cat-vun",
        Word(
            p(TITLE, style="Tiu"),
            p(*(run(each) for each in LEDE)),
            p(*(run(each + " ", bold=n == 2) for n, each in enumerate(ONE.split()))),
            *map(p, (TWO, THREE, FOUR)),
        ),
        TITLE,
        STORY.replace("trường nằm trên", "trường **nằm** trên"),
    )
    yield Case(
        "25-dong-trong-va-dau-cach-thua",
        Word(
            p(),
            p(f"  {TITLE}  ", align="center", bold=True),
            p(),
            *(each for text in (LEDE, ONE, TWO, THREE, FOUR) for each in (p(f"\t{text} "), p(""))),
            p("   Lò Văn Pâng   ", align="right", bold=True),
            p(),
        ),
        TITLE,
        STORY,
        BY,
    )


def _shapes_of_text():
    yield Case(
        "26-muc-in-dam",
        Word(
            p(TITLE, style="Tiu"),
            *map(p, (LEDE, ONE)),
            p("Lời của ông Páo", bold=True),
            p(TWO),
            p("Nước về bản", bold=True),
            *map(p, (THREE, FOUR)),
        ),
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n## Lời của ông Páo\n\n{TWO}\n\n## Nước về bản\n\n{THREE}\n\n{FOUR}\n",
    )
    yield Case(
        "27-danh-sach",
        Word(
            p(TITLE, style="Tiu"),
            *map(p, (LEDE, ONE)),
            p("ống nước: 900 mét", listed=(1, 0)),
            p("công: 120 ngày", listed=(1, 0)),
            p("của bản: 80", listed=(1, 1)),
            p(TWO),
            p("đo khe", listed=(2, 0)),
            p("chôn ống", listed=(2, 0)),
            p("• vòi ở sân"),
            p("+ bể ở bếp"),
            *map(p, (THREE, FOUR)),
        ),
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n- ống nước: 900 mét\n- công: 120 ngày\n  - của bản: 80\n\n{TWO}\n\n"
        f"1. đo khe\n2. chôn ống\n\n- vòi ở sân\n\n+ bể ở bếp\n\n{THREE}\n\n{FOUR}\n",
    )
    yield Case(
        "28-bang-so-lieu",
        Word(
            p(TITLE, style="Tiu"),
            *map(p, (LEDE, ONE)),
            table(["Năm", "Học sinh"], ["2024", "16"], ["2025", "18 | 20"]),
            *map(p, (TWO, THREE, FOUR)),
        ),
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n| Năm | Học sinh |\n| --- | --- |\n| 2024 | 16 |\n"
        f"| 2025 | 18 \\| 20 |\n\n{TWO}\n\n{THREE}\n\n{FOUR}\n",
    )
    yield Case(
        "29-tho-va-doi-thoai",
        Word(
            p(TITLE, style="Tiu"),
            *map(p, (LEDE, ONE)),
            p(
                "Nước về qua dốc qua đèo\nLũ trẻ reo giữa mái nghèo sáng lên",
                align="center",
                italic=True,
            ),
            p("– Ông có mệt không?"),
            p("- Mệt thì nghỉ, rồi lại đi."),
            *map(p, (TWO, THREE, FOUR)),
        ),
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n{VERSE}\n{{: .tho }}\n\n– Ông có mệt không?\n\n"
        f"– Mệt thì nghỉ, rồi lại đi.\n\n{TWO}\n\n{THREE}\n\n{FOUR}\n",
    )
    yield Case(
        "30-dau-cua-may",
        Word(
            p(TITLE, style="Tiu"),
            p(LEDE),
            p("# Hua Khắt * 5*3 _gạch_ [ngoặc] <Nhân Dân> & {: .x } \\ 100% ~~"),
            p("> lớn hơn; 30. 4 là ngày hội; a|b; `mã`; 2 * 3 * 4; **sao**; {% x %} [[y]]"),
            *map(p, (TWO, THREE, FOUR)),
        ),
        TITLE,
        "",
    )
    yield Case(
        "31-nghieng-va-dam-trong-cau",
        Word(
            p(TITLE, style="Tiu"),
            p(LEDE),
            p(run("Báo "), run("Nhân Dân ", italic=True), run("viết: "), run("“Giỏi!”", bold=True)),
            p(run("m"), run("2", raised="superscript"), run(" và "), run("bỏ", struck=True)),
            *map(p, (TWO, THREE, FOUR)),
        ),
        TITLE,
        f"{LEDE}\n\nBáo *Nhân Dân* viết: **“Giỏi!”**\n\nm<sup>2</sup> và <del>bỏ</del>\n\n{TWO}\n\n"
        f"{THREE}\n\n{FOUR}\n",
    )
    yield Case(
        "32-muc-theo-kieu",
        Word(
            p(TITLE, style="Tiu1"),
            *map(p, (LEDE, ONE)),
            p("Nước", style="Tiu2"),
            *map(p, (TWO, THREE)),
            p("Người", style="Tiu2"),
            p(FOUR),
            p("(Theo TTXVN)", align="right"),
        ),
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n## Nước\n\n{TWO}\n\n{THREE}\n\n## Người\n\n{FOUR}\n",
        sources=("TTXVN",),
    )


def _second_thoughts():
    yield Case(
        "33-tieu-de-hai-dong",
        story(
            before=[
                p("NGƯỜI GÁNH NƯỚC", align="center", bold=True, size=16),
                p("LÊN HUA KHẮT", align="center", bold=True, size=16),
            ],
            after=[p("Lò Văn Pâng", align="right")],
        ),
        TITLE,
        STORY,
        BY,
        told=("title-capitals",),
    )
    yield Case(
        "34-chuyen-muc-la",
        story(
            before=[
                p("HƯƠNG ĐẤT LÀNH", align="center", bold=True),
                p(TITLE, align="center", bold=True, size=18),
            ],
        ),
        TITLE,
        STORY,
        column="Hương đất lành",
    )
    yield Case(
        "35-chuc-danh-sau-ten",
        story(
            before=[p(TITLE, style="Tiu")],
            after=[p("Bài, ảnh: Lò Văn Pâng (CTV)", align="right", bold=True)],
        ),
        TITLE,
        STORY,
        BOTH,
        told=("byline-rest",),
    )
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE),
        p(
            word.picture(),
            run("\nÔng Páo nghỉ giữa dốc. Ảnh: Vàng Dợ", italic=True),
            align="center",
        ),
        *map(p, (ONE, TWO, THREE, FOUR)),
    )
    yield Case(
        "36-chu-thich-cung-doan",
        word,
        TITLE,
        STORY,
        photos=(("Ông Páo nghỉ giữa dốc.", "Vàng Dợ"),),
    )
    word = Word()
    first, second = (p(word.picture(jpeg(colour=(shade, 7, 7)))) for shade in (200, 90))
    word.add(
        p(TITLE, style="Tiu"),
        *map(p, (LEDE, ONE)),
        table([first, second], [p("Khe Nậm Lúc."), p("Bữa trưa ở lớp.")]),
        *map(p, (TWO, THREE, FOUR)),
    )
    yield Case(
        "37-hai-anh-hai-cot",
        word,
        TITLE,
        f"{LEDE}\n\n{ONE}\n\n![](anh-1.jpg)\n\n{TWO}\n\n{THREE}\n\n{FOUR}\n",
        photos=(("Khe Nậm Lúc.", ""), ("Bữa trưa ở lớp.", "")),
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases():
        (folder / f"{case.name}.docx").write_bytes(case.word.save())
