"""Thirty manuscripts become the stories that they are."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.intake.manuscripts import cases

from guongsang.intake.article import find_article
from guongsang.intake.letters import mend_letters
from guongsang.intake.manuscript import all_text
from guongsang.intake.markdown import clean_text, render_markdown
from guongsang.intake.word.docx import read_docx
from guongsang.prose.parse import parse_prose

COLUMNS = ("Gương người tốt, việc tốt", "Gương sáng bản Mường")
CASES = {case.name: case for case in cases()}


def take(case):
    manuscript = mend_letters(read_docx(case.word.save()))
    article = find_article(manuscript, COLUMNS)
    names = {id(s.picture): f"anh-{n}.jpg" for n, s in enumerate(article.shots)}
    body = render_markdown(article.blocks, article.notes, lambda picture: names[id(picture)])
    return manuscript, article, body


@pytest.fixture(params=CASES)
def taken(request):
    case = CASES[request.param]
    return case, *take(case)


def test_there_are_thirty():
    assert len(CASES) >= 30


def test_the_story_is_the_one_on_the_page(taken):
    case, _, article, body = taken
    assert article.title == case.title
    if case.body:
        assert body == case.body
    assert article.authors == case.authors
    assert article.sources == case.sources
    assert article.column == case.column
    assert (article.day.isoformat() if article.day else "") == case.date
    assert tuple((s.caption, s.credit) for s in article.shots) == case.photos
    assert {loss.kind for loss in article.losses} == set(case.told)


def test_every_word_arrives_or_is_named(taken):
    case, manuscript, article, body = taken
    fields = [article.title, article.column, *article.sources]
    fields += [name for name, _ in article.authors]
    fields += [loss.where for loss in article.losses]
    fields += [text for shot in article.shots for text in (shot.caption, shot.credit)]
    kept = Counter(words(" ".join([parse_prose(body).plain, *fields])))
    asked = Counter(words(clean_text(all_text(manuscript))))
    lost = asked - kept
    # What is said by a field has lost its label; what tells of people is told by its kind only.
    labels = set(words("Bài, ảnh và: Tác giả Theo ngày tháng năm Chú thích 1 2 3 ("))
    told = words("Mường Nhé 12 5 2026 ĐT 0912 345 678 email pang@example.vn")
    assert lost.keys() - labels - (set(told) if case.name.startswith("07") else set()) == set()


def words(text):
    return [word.strip(".,:;()“”").lower() for word in text.split() if word.strip(".,:;()“”•+-–")]


def test_signs_of_markup_are_words():
    manuscript, _, body = take(CASES["30-dau-cua-may"])
    found = parse_prose(body)
    assert found.remarks == ()
    lines = [clean_text(line) for line in all_text(manuscript).split("\n")[1:]]
    assert found.plain.split("\n") == lines
