"""Names of files, on every system."""

import pytest

from guongsang.text.filenames import find_unholdable, plain_name, show_name, suggest_name


@pytest.mark.parametrize(
    ("name", "sign", "better"),
    [
        ("12:30 bìa.jpg", ":", "12-30-bia.jpg"),
        ("con.jpg", "con", "tep-con.jpg"),
        ("bia .jpg", " ", "bia.jpg"),
        ("AUX", "AUX", "tep-aux"),
        ("Lpt3.tar.gz", "Lpt3", "lpt3-tar.gz"),
        ("com¹.pdf", "com¹", "tep-com1.pdf"),
        ("nul .txt", " ", "tep-nul.txt"),
        ("ai đó?.png", "?", "ai-do.png"),
        ("“a” \\ <b>|*.jpg", "\\", "a-b.jpg"),
        ("bia.jpg ", " ", "bia.jpg"),
        ("bia.jpg.", ".", "bia.jpg"),
        ("bia\u202f.JPG", "\u202f", "bia.jpg"),
        ("dòng\nhai.jpg", "\n", "dong-hai.jpg"),
        ('"".jpg', '"', "tep.jpg"),
    ],
)
def test_names_that_some_system_cannot_hold(name, sign, better):
    assert find_unholdable(name) == sign
    assert suggest_name(name) == better
    assert find_unholdable(better) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "bìa.jpg",
            "Ảnh 1 (2).JPG",
            "con-chu.jpg",
            "console.jpg",
            "a.con",
            "com.jpg",
            "com10.jpg",
        ),
        *("lpt.png", "a..b.jpg", "‘trích’, 5%.jpg", ".htaccess", "a\u202fb.jpg"),
    ],
)
def test_names_that_are_fine_everywhere(name):
    assert find_unholdable(name) is None


def test_no_other_file_has_the_better_name():
    assert suggest_name("a:.jpg", {"a.jpg", "a-2.jpg"}) == "a-3.jpg"


def test_names_that_a_reader_takes_for_one():
    one = {plain_name(n) for n in ("Ảnh 1.PNG", "a\u0309nh\u202f1.png", "ả\u200bnh\u00a01.png")}
    assert len(one) == 1
    assert plain_name("anh 1.png") not in one
    assert show_name("Ảnh\u202f1\u200b.png") == "Ảnh(U+202F)1(U+200B).png"
    assert show_name("Ảnh 1.png") == "Ảnh 1.png"
