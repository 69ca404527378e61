"""Every rule of the schema, through a story's text: rule, line and column."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.registers.describe import RECORDS, describe_record
from guongsang.stories.choices import LABELS, suggest
from guongsang.stories.model import FrontMatter
from guongsang.stories.schema import MAX_PROBLEMS, RESERVED_KEYS, is_key, validate
from guongsang.yamlfile.positions import Positions

# Unknown and added fields stand on line 19; “title” on 2, “date” 3, “column” 4, “fields” 5,
# “honorees” 6, “places” 8, “authors” 10, “cover” 12, “summary” 15, “status” 16.
LONG = "a" * 301
CASES = {
    "missing": ({"title": None}, ["GS201 1:1"]),
    "missing twice": ({"title": None, "status": None}, ["GS201 1:1", "GS201 1:1"]),
    "missing below": ({"cover": "\n  src: b.jpg"}, ["GS201 13:3"]),
    "missing in an item": ({"places": "\n  - unit: a\n  - village: b"}, ["GS201 10:5"]),
    "unknown": ({"tilte": "x"}, ["GS202 17:1"]),
    "unknown below": ({"cover": "\n  src: b\n  alt: a\n  ảnh: c"}, ["GS202 15:3"]),
    "unknown in an item": ({"honorees": "\n  - id: a\n    roles: b"}, ["GS202 8:5"]),
    "unknown named like pydantic's": ({'"[key]"': "x"}, ["GS202 17:1"]),
    "unknown and empty": ({'""': "x"}, ["GS202 17:1"]),
    "number for text": ({"title": "2026"}, ["GS203 2:8"]),
    "list for text": ({"title": "[a]"}, ["GS203 2:8"]),
    "nothing for text": ({"title": ""}, ["GS208 2:7"]),
    "text for list": ({"fields": "giao-duc"}, ["GS204 5:9"]),
    "mapping for list": ({"authors": "\n  id: a"}, ["GS204 11:3"]),
    "text for part": ({"cover": "bia.jpg"}, ["GS205 12:8"]),
    "text for item": ({"honorees": "\n  - xa-mu-ca"}, ["GS205 7:5"]),
    "text for number": ({"series": "\n  id: a\n  part: một"}, ["GS206 19:9"]),
    "fraction for number": ({"series": "\n  id: a\n  part: 1.5"}, ["GS206 19:9"]),
    "switch for number": ({"series": "\n  id: a\n  part: true"}, ["GS206 19:9"]),
    "text for switch": (
        {"honorees": "\n  - name: A\n    kind: person\n    minor: có"},
        ["GS207 9:12"],
    ),
    "empty": ({"title": '""'}, ["GS208 2:8"]),
    "blank": ({"column": '" "'}, ["GS211 4:9"]),
    "blank item": ({"tags": '[a, " "]'}, ["GS208 17:11"]),
    "short": ({"summary": "Chuyện hay."}, ["GS209 15:10"]),
    "long": ({"summary": LONG}, ["GS209 15:10"]),
    "long title": ({"title": "a" * 201}, ["GS209 2:8"]),
    "not a choice": ({"status": "xong"}, ["GS210 16:9"]),
    "list for choice": ({"status": "[ready]"}, ["GS210 16:9"]),
    "number for choice": ({"status": "1"}, ["GS210 16:9"]),
    "not a key": ({"column": "Gương sáng"}, ["GS211 4:9"]),
    "key with a tail": ({"column": "a-"}, ["GS211 4:9"]),
    "reserved": ({"column": "con"}, ["GS211 4:9"]),
    "long key": ({"column": "a" * 81}, ["GS211 4:9"]),
    "key in a list": ({"fields": "[giao-duc, Y Tế]"}, ["GS211 5:20"]),
    "day the other way": ({"date": "19/5/2026"}, ["GS212 3:7"]),
    "short day": ({"date": "2026-5-9"}, ["GS212 3:7"]),
    "year alone": ({"date": "2026"}, ["GS212 3:7"]),
    "no day": ({"date": "[2026-05-19]"}, ["GS212 3:7"]),
    "zone": ({"date": "2026-05-19T06:30:00Z"}, ["GS212 3:7"]),
    "impossible day once": ({"date": "2026-02-30"}, ["GS123 3:7"]),
    "impossible day in quotes": ({"date": '"2026-02-30"'}, ["GS123 3:7"]),
    "year nought": ({"date": '"0000-01-01"'}, ["GS123 3:7"]),
    "hour": ({"publish_at": "2026-05-19 25:00"}, ["GS213 17:13"]),
    "minute": ({"publish_at": "2026-05-19 06:60"}, ["GS213 17:13"]),
    "life date": (
        {"honorees": "\n  - name: A\n    kind: person\n    died: lâu rồi"},
        ["GS214 9:11"],
    ),
    "no life date": ({"honorees": "\n  - name: A\n    kind: person\n    born: 99"}, ["GS214 9:11"]),
    "empty list": ({"fields": "[]"}, ["GS215 5:9"]),
    "no honorees": ({"honorees": "[]"}, ["GS215 6:11"]),
    "repeat": ({"tags": "\n  - giáo dục\n  - giáo dục"}, ["GS216 18:3"]),
    "web address": ({"sources": "\n  - title: a\n    url: baolaichau"}, ["GS217 19:10"]),
    "script address": ({"sources": "\n  - title: a\n    url: javascript:x()"}, ["GS217 19:10"]),
    "focus": ({"cover": "\n  src: b\n  alt: a\n  focus: [50, 35]"}, ["GS218 15:10"]),
    "one focus": ({"cover": "\n  src: b\n  alt: a\n  focus: [0.5]"}, ["GS218 15:10"]),
    "old address": ({"aliases": "\n  - https://bao.vn/cu/"}, ["GS219 18:5"]),
    "old address with a blank": ({"aliases": "\n  - /cu/ bai/"}, ["GS219 18:5"]),
    "old address with a part of a page": ({"aliases": "\n  - '/cu/#ket'"}, ["GS219 18:5"]),
    "old address with nothing behind ?": ({"aliases": "\n  - /cu/?"}, ["GS219 18:5"]),
    "old address with two ?": ({"aliases": "\n  - /cu/?a=1?b=2"}, ["GS219 18:5"]),
    "old address without a slash": ({"aliases": "\n  - cu/bai/"}, ["GS219 18:5"]),
    "old address upwards": ({"aliases": "\n  - /../cu/"}, ["GS219 18:5"]),
    "nobody": ({"authors": "\n  - did: text"}, ["GS220 11:5"]),
    "both": ({"authors": "\n  - id: a\n    name: B"}, ["GS220 11:5"]),
    "no kind": ({"honorees": "\n  - name: Lò Văn An"}, ["GS220 7:5"]),
    "no name": ({"honorees": "\n  - kind: person"}, ["GS220 7:5"]),
    "told twice": ({"honorees": "\n  - id: a\n    name: B"}, ["GS221 7:5"]),
    "part nought": ({"series": "\n  id: a\n  part: 0"}, ["GS222 19:9"]),
    "two of a kind": ({"title": "1", "status": "xong"}, ["GS203 2:8", "GS210 16:9"]),
    "text and field": ({"title": "a: b", "status": "xong"}, ["GS113 2:9", "GS210 16:9"]),
    "trap only once": ({"title": "a: b"}, ["GS113 2:9"]),
    "flow comma only once": ({"cover": "{src: b, alt: Cô, học trò}"}, ["GS118 12:26"]),
    "switch only once": (
        {"honorees": "\n  - name: A\n    kind: person\n    minor: yes"},
        ["GS115 9:12"],
    ),
    "no colon only once": (
        {"status": None, "status ready": None, "lang": "vi\nstatus ready"},
        ["GS128 17:1"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_field(name, story_text, read):
    changes, expected = CASES[name]
    reading = read(story_text(**changes))
    assert reading.story is None
    found = reading.problems
    assert [f"{each.rule} {each.line}:{each.column}" for each in found] == expected
    for each in found:
        for lang in ("vi", "en"):
            assert each.message(lang)
            assert each.hint(lang)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("tilte", "title"), ("honoree", "honorees"), ("sumary", "summary"), ("colum", "column")],
)
def test_did_you_mean(wrong, right, story_text, read):
    (found,) = read(story_text(**{wrong: "x"})).problems
    assert found.hint("en").startswith(f"You may have meant: {right}")


def test_did_you_mean_below(story_text, read):
    (found,) = read(story_text(cover="\n  src: b\n  alt: a\n  captoin: c")).problems
    assert "caption" in found.hint("vi")


def test_did_you_mean_a_choice(story_text, read):
    (found,) = read(story_text(status="redy")).problems
    assert found.hint("en") == "You may have meant: ready (được đăng)"


def test_a_choice_that_is_near_to_none_lists_all(story_text, read):
    (found,) = read(story_text(status="xong")).problems
    assert found.hint("en") == (
        "You may have meant: draft (nháp), ready (được đăng), retracted (đã gỡ)"
    )


def test_a_value_of_many_lines_is_shown_on_one(story_text, read):
    (found,) = read(story_text(status="|\n  một\n  hai")).problems
    assert "một hai" in found.message("vi")


def test_a_whole_story(story_text, read):
    text = story_text(
        updated="2026-06-01 06:30",
        series="\n  id: a\n  part: 2",
        honorees='\n  - name: A\n    kind: person\n    born: 1935\n    died: "1990-01-02"\n',
        cover='\n  src: bia.jpg\n  alt: ""\n  focus: [0, 0.35]',
        aliases="[/cu/dia-chi-cu/, /cu.html, /]",
    )
    reading = read(text)
    assert reading.problems == ()
    front = reading.story.front
    assert front.date.isoformat() == "2026-05-19T00:00:00+07:00"
    assert front.updated.isoformat() == "2026-06-01T06:30:00+07:00"
    assert (front.honorees[0].born, front.honorees[0].died) == ("1935", "1990-01-02")
    assert front.cover.focus == (0.0, 0.35)
    assert reading.story.url == "2026/con-chu/"
    assert reading.story.body == "\nNăm 1959…\n"
    assert reading.story.body_line == text.split("\n").index("Năm 1959…")


@pytest.mark.parametrize(
    ("front", "rule"), [("- a", "GS110"), ("abc", "GS110"), ("", "GS110"), ("[", "GS131")]
)
def test_front_matter_that_is_no_mapping(front, rule, read):
    reading = read(f"---\n{front}\n---\n")
    assert reading.story is None
    assert [(found.rule, found.line) for found in reading.problems] == [(rule, 2)]


@pytest.mark.parametrize("word", sorted(RESERVED_KEYS))
def test_reserved_words_are_no_keys(word):
    assert not is_key(word)
    assert is_key(f"{word}-a")


@pytest.mark.parametrize("word", ["", "-a", "a--b", "a_b", "Ab", "đ", "a\n", "a b", "a" * 81])
def test_no_key(word):
    assert not is_key(word)


def test_suggest_names_all_when_none_is_near_and_says_when_there_are_none():
    assert suggest("x", ["alpha", "beta"]) == "alpha, beta"
    assert suggest("x", []) == ""
    labels = {"alpha": "Đầu", "beta": "Sau"}
    assert suggest("x", labels, labels) == "alpha (Đầu), beta (Sau)"
    assert suggest("đàu", labels, labels) == "alpha (Đầu)"
    assert suggest("betta", ["beta", "b"], {}) == "beta"
    assert suggest("zz", [f"a{n}" for n in range(50)]).endswith("a39, …")


def test_a_flood_of_unknown_keys_is_cut(story_text, read):
    text = story_text(lang="vi\n" + "\n".join(f"khoa{n}: x" for n in range(5000)))
    assert len(read(text).problems) == MAX_PROBLEMS


JSON_LIKE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["[key]", "unknown", "2026-05-19", "draft", "id", "a-b", "/a/"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5)
            | st.sampled_from(
                ["id", "kind", "name", "src", "alt", "focus", "consent", "date", "unit"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from([*FrontMatter.model_fields, "khác"])


@settings(max_examples=300, deadline=None)
@given(field=FIELDS, value=JSON_LIKE)
def test_any_value_of_any_field_is_taken_or_explained(field, value, story_text, read):
    reading = read(story_text(**{field: json.dumps(value, ensure_ascii=False)}))
    assert (reading.story is None) == any(found.is_error for found in reading.problems)
    for found in reading.problems:
        assert found.message("vi")
        assert found.hint("en")


@settings(max_examples=200, deadline=None)
@given(JSON_LIKE)
def test_any_data_at_all(data):
    assert validate(FrontMatter, data, "a.md", Positions)


def hints(reading, lang="vi"):
    return [(found.rule, found.hint(lang)) for found in reading.problems]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cover": "\n  src: b\n  alt: a\n  summary: x"}, "“summary” ghi ở bậc ngoài cùng"),
        ({"tags": "[a]\nvillage: bản Mẫu"}, "bên trong places."),
        ({"tags": "[a]\ncaption: Ảnh"}, "bên trong cover, photos."),
        ({"authors": "\n  - id: lan\n    part: 2"}, "bên trong series."),
        ({"places": "\n  - unit: mu-ca\n    vilage: x"}, "Có thể bạn muốn gõ: village"),
    ],
)
def test_a_key_in_the_wrong_place_is_told_the_right_one(story_text, read, changes, told):
    ((rule, hint),) = hints(read(story_text(**changes)))
    assert rule == "GS202"
    assert told in hint
    assert hint.count(":") <= 1


@pytest.mark.parametrize(
    ("honoree", "rule", "told"),
    [
        ("role: bác sĩ", "GS220", "id hoặc kind, name (called)"),
        ("name: Lò Văn Pánh", "GS220", "id hoặc kind"),
        ("kind: person", "GS220", "name hoặc called"),
        (
            "id: x\n    kind: person\n    born: 1950\n    gender: male",
            "GS221",
            "kind, born, gender",
        ),
    ],
)
def test_all_keys_of_an_honoree_that_are_too_few_or_too_many(story_text, read, honoree, rule, told):
    (found,) = read(story_text(honorees=f"\n  - {honoree}")).problems
    assert found.rule == rule
    assert told in found.message()


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("date", "7/3/2025", "Gõ: 2025-03-07."),
        ("publish_at", "7/3/2025 5h05", "Gõ: 2025-03-07 05:05."),
        ("updated", "ngày 7 tháng 3 năm 2025", "Gõ: 2025-03-07."),
        ("date", "hôm qua", "Viết bốn số năm"),
        ("verified", "{by: UBND xã, date: 7.3.2025 6:00}", "Gõ: 2025-03-07."),
    ],
)
def test_a_day_as_people_write_it_is_answered(story_text, read, key, typed, told):
    ((rule, hint),) = hints(read(story_text(**{key: typed})))
    assert rule == "GS212"
    assert hint.startswith(told)


def test_a_day_of_birth_too(story_text, read):
    born = "\n  - kind: person\n    name: A\n    born: 12/9/1935"
    ((rule, hint),) = hints(read(story_text(honorees=born)))
    assert (rule, hint.startswith("Gõ: 1935-09-12. ")) == ("GS214", True)


@pytest.mark.parametrize(
    ("url", "told"), [("bao.example/tin", "Gõ: https://bao.example/tin –"), ("báo Lao", "Chép cả")]
)
def test_an_address_without_its_scheme(story_text, read, url, told):
    ((rule, hint),) = hints(read(story_text(sources=f"[{{title: A, url: {url}}}]")))
    assert rule == "GS217"
    assert hint.startswith(told)


def test_every_choice_has_its_words():
    missing = []
    for name, model in RECORDS.items():
        for record in describe_record(name):
            missing += [
                (record.name, field.key, choice)
                for field in record.fields
                for choice in field.choices
                if not LABELS.get(field.key, {}).get(choice)
            ]
        assert model is not None
    assert missing == []
