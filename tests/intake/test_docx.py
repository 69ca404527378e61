"""Word documents, read as their pages show them."""

from __future__ import annotations

import os
import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.intake.word import NAMES, Word, box, field, jpeg, p, run, table, tracked

from guongsang.intake.manuscript import (
    NoteMark,
    Paragraph,
    Run,
    Table,
    UnreadableError,
    all_text,
    walk,
)
from guongsang.intake.word.docx import read_docx


def read(*blocks):
    return read_docx(Word(*blocks).save())


def texts(manuscript):
    return [each.text for each in walk(manuscript.blocks)]


def told(manuscript):
    return {loss.kind: loss.count for loss in manuscript.losses}


class TestWords:
    def test_runs_of_one_look_are_one(self):
        (paragraph,) = read(p(run("Ngư"), run("ời g"), run("iữ rừng", bold=True))).blocks
        assert [(each.text, each.bold) for each in paragraph.inlines] == [
            ("Người g", False),
            ("iữ rừng", True),
        ]

    def test_signs_that_stand_for_letters(self):
        (paragraph,) = read(p(run("Mười\ncon\tnai\xad"))).blocks
        assert paragraph.text == "Mười\ncon\tnai\xad"

    def test_the_look_comes_from_styles_and_from_the_run(self):
        heading, caption, plain = read(
            p("Một", style="Tiu2"),
            p("Hai", style="Chuthich"),
            p(run("Ba", font=".VnTime", size=13)),
        ).blocks
        assert (heading.level, heading.inlines[0].bold) == (2, True)
        assert (caption.kind, caption.inlines[0].italic) == ("caption", True)
        assert (plain.inlines[0].font, plain.inlines[0].size) == (".VnTime", 13.0)
        assert (heading.inlines[0].font, heading.inlines[0].size) == ("Times New Roman", 14.0)

    def test_where_a_paragraph_stands(self):
        blocks = read(p("a", align="right"), p("b", align="center"), p("c", style="Tiu")).blocks
        assert [each.align for each in blocks] == ["right", "center", "center"]
        assert blocks[2].kind == "title"

    def test_letters_of_picture_fonts(self):
        sign = '<w:sym w:font="Wingdings" w:char="F0FC"/>'
        strange = '<w:sym w:font="Wingdings" w:char="F021"/>'
        found = read(p(run(inner=sign), run(inner=strange)))
        typed = read(p(run("\uf0fc xong", font="Wingdings")))
        assert texts(typed) == ["✓ xong"]
        assert texts(found) == ["✓"]
        assert told(found) == {"symbol": 1}


class TestChanges:
    def test_changes_are_accepted_and_told(self):
        found = read(
            p("Giữ ", tracked("ins", run("rừng ")), tracked("del", run("nương ")), run("xanh"))
        )
        assert texts(found) == ["Giữ rừng xanh"]
        assert told(found) == {"changes": 2}

    def test_a_paragraph_whose_end_was_deleted_goes_on(self):
        found = read(p("Anh ", mark="<w:del/>"), p("Tám"))
        assert texts(found) == ["Anh Tám"]

    def test_rows_that_were_deleted_are_out(self):
        whole = table(["a"], ["b"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
        assert texts(read(whole)) == ["b"]

    @pytest.mark.parametrize("look", [{"hidden": True}, {"style": "An"}])
    def test_hidden_words_stay_hidden(self, look):
        found = read(p(run("thấy "), run("không ai thấy", **look)))
        assert texts(found) == ["thấy "]
        assert told(found) == {"hidden": 3}

    def test_comments_headers_and_macros_are_told_only(self):
        found = read_docx(
            Word(p("Bài")).save(
                comments_xml=f'<w:comment w:id="1">{p("Xem lại chỗ này")}</w:comment>',
                header1_xml=p("Báo Lai Châu"),
                footer1_xml=p("– 2 –"),
                vbaProject_bin=b"\xd0\xcf\x11\xe0",
            )
        )
        assert all_text(found) == "Bài"
        assert told(found) == {"comments": 1, "header": 1, "macro": 1}


class TestLinks:
    def test_links_of_both_kinds(self):
        word = Word()
        word.add(
            p("Xem ", word.link("https://a.vn/x", "trang A")),
            p(field('HYPERLINK "https://b.vn/"', run("trang B")), run(" nữa")),
            p(field("PAGE", run("7"))),
        )
        first, second, third = read_docx(word.save()).blocks
        assert first.inlines[1].link == "https://a.vn/x"
        assert [(e.text, e.link) for e in second.inlines] == [
            ("trang B", "https://b.vn/"),
            (" nữa", ""),
        ]
        assert third.text == "7"

    def test_notes_are_numbered_as_they_come(self):
        word = Word()
        word.add(p("Một", word.note(p("Lời một")), run(", hai"), word.note(p("Lời hai"))))
        found = read_docx(word.save())
        marks = [each for each in found.blocks[0].inlines if isinstance(each, NoteMark)]
        assert marks == [NoteMark(1), NoteMark(2)]
        assert [each.text for note in found.notes.values() for each in note] == [
            "Lời một",
            "Lời hai",
        ]


class TestLists:
    def test_signs_and_numbers(self):
        found = read(
            p("a", listed=(1, 0)),
            p("b", listed=(1, 1)),
            p("c", listed=(2, 0)),
            p("d", listed=(2, 0)),
        ).blocks
        assert [(each.item, each.sign) for each in found] == [
            (1, "-"),
            (2, "-"),
            (1, "1."),
            (1, "2."),
        ]

    def test_other_labels_are_words(self):
        found = read(p("x", listed=(3, 0)), p("y", listed=(3, 0)), p("z", listed=(4, 0)))
        assert texts(found) == ["a) x", "b) y", "Điều 1. z"]
        assert {each.item for each in found.blocks} == {0}


class TestDrawings:
    def test_a_picture_as_the_page_shows_it(self):
        word = Word()
        word.add(
            p(
                word.picture(
                    jpeg(),
                    alt="Cô giáo bên bảng",
                    crop='l="12500" t="25%"',
                    form='rot="5400000" flipH="1"',
                )
            )
        )
        (picture,) = read_docx(word.save()).blocks[0].pictures
        assert picture.content == jpeg()
        assert picture.crop == (0.125, 0.25, 0.0, 0.0)
        assert (picture.turn, picture.flip_across, picture.flip_down) == (90, True, False)
        assert picture.alt == "Cô giáo bên bảng"

    @pytest.mark.parametrize(
        "alt",
        [
            "C:\\Users\\x\\IMG_2041.JPG",
            "IMG_2041.JPG",
            "Picture 3",
            "A person standing in a field\n\nDescription automatically generated",
        ],
    )
    def test_what_programs_write_of_a_picture_is_no_description(self, alt):
        word = Word()
        word.add(p(word.picture(alt=alt)))
        assert read_docx(word.save()).blocks[0].pictures[0].alt == ""

    def test_an_old_drawing(self):
        word = Word()
        identity = word.relate("image", "media/a.jpg")
        word.parts["word/media/a.jpg"] = jpeg()
        word.add(
            p(
                run(
                    inner=f'<w:pict><v:shape style="width:9pt;rotation:-90;flip:y" alt="Bản làng">'
                    f'<v:imagedata r:id="{identity}" cropright="16384f"/></v:shape></w:pict>'
                )
            )
        )
        (picture,) = read_docx(word.save()).blocks[0].pictures
        assert (picture.turn, picture.flip_down, picture.crop) == (-90, True, (0, 0, 0.25, 0))
        assert picture.alt == "Bản làng"

    def test_what_is_no_photo_is_told_with_its_place(self):
        word = Word()
        chart = "<w:drawing><wp:inline><a:graphic><c:chart/></a:graphic></wp:inline></w:drawing>"
        word.add(
            p("Thu nhập", word.picture(b"\xd7\xcd\xc6\x9a" + bytes(60), "image9.wmf")),
            p("Biểu đồ", run(inner=chart)),
            p("Ngoài", word.picture(name="https://xa.example/a.jpg", external=True)),
            p("Tổng ", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"),
        )
        found = read_docx(word.save())
        assert [(loss.kind, loss.where) for loss in found.losses] == [
            ("metafile", "image9.wmf, Thu nhập"),
            ("chart", "Biểu đồ"),
            ("picture-outside", "a.jpg, Ngoài"),
            ("equation", "a+b"),
        ]
        assert not any(each.pictures for each in found.blocks)
        assert texts(found)[-1].split() == ["Tổng", "a+b"]

    def test_a_box_stands_once_behind_its_paragraph(self):
        found = read(p("Trước", box(p("Trong hộp"))), p("Sau"))
        assert texts(found) == ["Trước", "Trong hộp", "Sau"]
        assert told(found) == {"box": 1}


class TestTables:
    def test_rows_and_cells(self):
        (found,) = read(table(["Năm", "Tấn"], ["2024", p("3") + p("4")])).blocks
        assert isinstance(found, Table)
        assert [[len(cell.blocks) for cell in row] for row in found.rows] == [[1, 1], [1, 2]]

    def test_a_table_in_a_table(self):
        assert texts(read(table([p("a") + table(["b"]) + p("c")]))) == ["a", "b", "c"]


class TestHostile:
    def broken(self, content):
        with pytest.raises(UnreadableError) as found:
            read_docx(content)
        return found.value.reason

    def with_document(self, xml):
        word = Word(p("a"))
        word.parts["word/document.xml"] = xml
        return word.save()

    def test_entities(self):
        xml = (
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
            f"<w:document {NAMES}><w:body>{p('b').replace('b<', '&b;<')}</w:body></w:document>"
        )
        assert self.broken(self.with_document(xml.encode())) == "entities"

    def bomb(self, megabytes):
        file = BytesIO()
        with (
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
            packed.open("word/document.xml", "w", force_zip64=True) as part,
        ):
            part.write(f"<w:document {NAMES}><w:body>".encode())
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))
            part.write(b"</w:body></w:document>")
        return file.getvalue()

    def test_a_bomb(self):
        assert self.broken(self.bomb(60)) == "bomb"

    @pytest.mark.long
    def test_a_gigabyte_in_a_megabyte(self):
        content = self.bomb(1024)
        assert len(content) < 1_200_000
        assert self.broken(content) == "bomb"

    def test_too_many_pieces(self):
        assert self.broken(Word("<w:p><w:r/></w:p>" * 210_000).save()) == "bomb"

    def test_a_bomb_that_lies_about_its_size(self):
        content = self.bomb(60)
        with zipfile.ZipFile(BytesIO(content)) as packed:
            size = packed.infolist()[0].file_size.to_bytes(4, "little")
        at = content.rindex(size)
        lying = content[:at] + (1000).to_bytes(4, "little") + content[at + 4 :]
        assert self.broken(lying) in ("bomb", "damaged")

    def test_ten_thousand_tables_in_each_other(self):
        deep = "<w:tbl><w:tr><w:tc>" * 10_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 10_000
        assert self.broken(Word(deep).save()) == "too-deep"

    def test_as_many_tables_as_are_taken(self):
        deep = "<w:tbl><w:tr><w:tc>" * 90 + p("x") + "</w:tc></w:tr></w:tbl>" * 90
        assert texts(read(deep)) == ["x"]

    def test_a_file_with_a_password(self):
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        assert self.broken(locked) == "password"
        assert self.broken(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "old-word"

    def test_a_file_that_is_cut_off(self):
        whole = Word(p("a")).save()
        assert {self.broken(whole[:at]) for at in range(0, len(whole) - 30, 97)} == {"no-zip"}

    def test_bytes_that_were_changed(self):
        whole = bytearray(Word(p("Người giữ rừng")).save())
        for at in range(0, len(whole), 23):
            damaged = bytearray(whole)
            damaged[at] ^= 0xFF
            try:
                read_docx(bytes(damaged))
            except UnreadableError as error:
                assert error.reason in ("no-zip", "damaged", "no-word", "password", "bomb")

    def test_a_zip_that_is_no_document(self):
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("a.txt", "a")
        assert self.broken(file.getvalue()) == "no-word"


CORPORA = os.environ.get("DOCX_CORPORA", "")
_WORD = re.compile(r"\w+")


def local(element):
    return element.tag.rpartition("}")[2]


def _count(element, out, hidden):
    """Add what a part's XML holds, outside of deletions, hidden text and second forms."""
    name = local(element)
    said = {local(each): each for part in element if local(part) == "rPr" for each in part}
    styles = [v for k, v in said["rStyle"].items()] if "rStyle" in said else []
    values = [*said["vanish"].attrib.values()] if "vanish" in said else ["0"]
    is_hidden = not {"0", "false"} & set(values) or hidden & set(styles)
    row = [local(each) for part in element if local(part) == "trPr" for each in part]
    if name in ("del", "moveFrom", "Fallback") or (name == "r" and is_hidden) or "del" in row:
        return
    if name == "t" and "drawingml" not in element.tag:
        out.append(element.text or "")
    elif name == "noBreakHyphen":
        out.append("-")
    elif name in ("tab", "br", "cr"):
        out.append(" ")
    else:
        edge = " " if name in ("p", "oMath", "txbxContent") else ""
        out.append(edge)
        for each in element:
            _count(each, out, hidden)
        out.append(edge)


def words_in_xml(content):
    out: list[str] = []
    with zipfile.ZipFile(BytesIO(content)) as packed:
        hidden: set[str] = set()
        for name in packed.namelist():
            if name.endswith("/styles.xml"):
                for style in ET.fromstring(packed.read(name)):
                    off = {"0", "false"}
                    if any(
                        local(e) == "vanish" and not off & set(e.attrib.values())
                        for e in style.iter()
                    ):
                        hidden |= {v for k, v in style.items() if local_name(k) == "styleId"}
        for name in packed.namelist():
            if re.fullmatch(r"word/(document\d*|footnotes|endnotes)\.xml", name):
                _count(ET.fromstring(packed.read(name)), out, hidden)
                out.append(" ")
    return Counter(_WORD.findall("".join(out)))


def local_name(key):
    return key.rpartition("}")[2]


def test_public_documents_lose_at_most_one_word_in_a_thousand():
    asked = missing = 0
    for path in sorted(Path(CORPORA).rglob("*.docx")):
        content = path.read_bytes()
        try:
            found = read_docx(content)
        except UnreadableError:
            continue
        wanted = words_in_xml(content)
        kept = Counter(_WORD.findall(all_text(found).replace("\xad", "")))
        asked += wanted.total()
        missing += (wanted - kept).total()
    assert asked > 50_000
    assert missing / asked <= 0.001, (missing, asked)


def test_the_paragraph_value_says_what_it_holds():
    assert Paragraph((Run("a"),)).has_words
    assert not Paragraph((Run(" \n"),)).has_words


def _shown(element):
    """Yield what of a part's XML programs show: no deletions, one form of each."""
    name = local(element)
    if name in ("del", "moveFrom"):
        return
    if name == "AlternateContent":
        choice = next((each for each in element if local(each) == "Choice"), None)
        known = choice is not None and choice.get("Requires") in ("wps", "wpg", "wpc")
        fallback = next((each for each in element if local(each) == "Fallback"), choice)
        chosen = choice if known else fallback
        for each in () if chosen is None else chosen:
            yield from _shown(each)
        return
    yield element
    for each in element:
        yield from _shown(each)


def _shows_picture(element):
    """Return whether an element is a picture, in Word's new form or the old one."""
    own = {local_name(key) for key in element.attrib}
    if local(element) == "pic":
        blips = [each for each in element.iter() if local(each) == "blip"]
        return any(local_name(key) in ("embed", "link") for each in blips for key in each.attrib)
    return local(element) == "imagedata" and bool(own & {"id", "link"})


def test_every_picture_and_comment_of_public_documents_is_taken_or_told():
    told_of = ("metafile", "picture-outside", "picture-gone", "hidden-picture")
    pictures = 0
    for path in sorted(Path(CORPORA).rglob("*.docx")):
        try:
            found = read_docx(path.read_bytes())
        except UnreadableError:
            continue
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            story = re.compile(r"word/(document\d*|\w+notes)\.xml")
            parts = [packed.read(each) for each in filter(story.fullmatch, names)]
            wanted = sum(_shows_picture(e) for each in parts for e in _shown(ET.fromstring(each)))
            comments = sum(
                local(element) == "comment"
                for each in names
                if each.endswith("/comments.xml")
                for element in ET.fromstring(packed.read(each)).iter()
            )
        shown = [*walk(found.blocks), *(p for note in found.notes.values() for p in walk(note))]
        taken = sum(len(each.pictures) for each in shown)
        lost = sum(loss.count for loss in found.losses if loss.kind in told_of)
        assert (path.name, taken + lost) == (path.name, wanted)
        assert (path.name, told(found).get("comments", 0)) == (path.name, comments)
        pictures += wanted
    assert pictures > 50


def _count_losses(packed):
    """Count by kind what a package holds that is no text and no picture."""
    counts = Counter(macro=int(any("vbaProject" in name for name in packed.namelist())))
    story = re.compile(r"word/(document\d*|\w+notes)\.xml")
    for name in filter(story.fullmatch, packed.namelist()):
        root = ET.fromstring(packed.read(name))
        within: set[int] = set()
        for each in _shown(root):
            counts["chart"] += local(each) == "chart"
            counts["diagram"] += local(each) == "relIds"
            counts["object"] += local(each) == "OLEObject"
            if local(each) in ("oMath", "oMathPara") and id(each) not in within:
                counts["equation"] += 1
                within |= {id(inner) for inner in each.iter()}
        tracked = {"ins", "del", "moveFrom", "moveTo"}
        counts["changes"] |= int(any(local(each) in tracked for each in root.iter()))
    return counts


def test_what_else_public_documents_lose_is_told():
    kinds = ("chart", "diagram", "object", "equation", "changes", "macro")
    lost = Counter()
    for path in sorted(Path(CORPORA).rglob("*.docx")):
        try:
            found = read_docx(path.read_bytes())
        except UnreadableError:
            continue
        with zipfile.ZipFile(path) as packed:
            wanted = _count_losses(packed)
        counts = Counter()
        for loss in found.losses:
            if loss.kind in kinds:
                counts[loss.kind] += loss.count
        counts["changes"] = min(counts["changes"], 1)
        assert (path.name, +counts) == (path.name, +wanted)
        lost += wanted
    assert lost.total() > 20


# With DOCX_CORPORA=folder also all documents in there: public ones are nobody's to copy here.
if not CORPORA:
    del (
        test_public_documents_lose_at_most_one_word_in_a_thousand,
        test_every_picture_and_comment_of_public_documents_is_taken_or_told,
        test_what_else_public_documents_lose_is_told,
    )
