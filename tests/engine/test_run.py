"""What a run makes, what it does not make, and what it refuses."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from guongsang.engine.run import Run
from guongsang.engine.table import (
    GONE,
    Codec,
    Input,
    OrderError,
    Part,
    Query,
    Split,
    Table,
)
from guongsang.state.errors import MovedOnError
from guongsang.state.store import Store


@pytest.fixture
def open_store(tmp_path):
    """Open the store of the test, as often as it is wanted."""
    opened = []

    def open_store():
        opened.append(Store(tmp_path / "answers.db", "1"))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


def begin(store, entries, **inputs):
    """Put in plain values: {kind: {key: value}}."""
    run = Run(Table(entries), store)
    for kind, values in inputs.items():
        run.put(kind, {key: repr(value) for key, value in values.items()}, values.get)
    return run


def keep(store, entries, **inputs):
    """Run and keep; return how many answers were made."""
    run = begin(store, entries, **inputs)
    run.visit()
    assert run.keep()
    return run.made


def length(ask, key):
    return len(ask("text", key))


def parity(ask, key):
    return ask("length", key) % 2


CHAIN = (Input("text"), Query("length", length, each="text"), Query("odd", parity, each="length"))


def test_only_what_asked_for_something_that_differs_is_made(open_store):
    texts = {"a": "one", "b": "three", "c": "seven"}
    assert keep(open_store(), CHAIN, text=texts) == {"length": 3, "odd": 3}
    assert keep(open_store(), CHAIN, text=texts) == {"length": 0, "odd": 0}
    assert keep(open_store(), CHAIN, text=texts | {"a": "four"}) == {"length": 1, "odd": 1}
    assert keep(open_store(), CHAIN, text=texts | {"a": "nine"}) == {"length": 1, "odd": 0}


def test_an_unchanged_run_writes_nothing(open_store, tmp_path):
    keep(open_store(), CHAIN, text={"a": "one"})
    before = (tmp_path / "answers.db").read_bytes()
    run = begin(open_store(), CHAIN, text={"a": "one"})
    run.visit()
    with run.publishing() as changes:
        assert changes == {}
    assert (tmp_path / "answers.db").read_bytes() == before


def test_a_stamp_is_a_hint(open_store):
    reads = Counter()

    def read(value):
        return lambda key: (reads.update([key]), value)[1]

    def run_with(stamp, value):
        run = Run(Table(CHAIN), open_store())
        run.put("text", {"a": stamp, "b": "1"}, read(value))
        run.visit()
        assert run.keep()
        return dict(reads), run.made["length"]

    assert run_with("1", "one") == ({"a": 1, "b": 1}, 2)
    assert run_with("1", "never read") == ({"a": 1, "b": 1}, 0)
    assert run_with("2", "one") == ({"a": 2, "b": 1}, 0)
    assert run_with("2", "never read") == ({"a": 2, "b": 1}, 0)
    assert run_with(None, "one") == ({"a": 3, "b": 1}, 0)
    assert run_with(None, "four") == ({"a": 4, "b": 1}, 1)


def test_some_are_put_in_and_all_others_stay(open_store):
    texts = {"a": "one", "b": "three", "c": "seven"}
    keep(open_store(), CHAIN, text=texts)
    run = Run(Table(CHAIN), open_store())
    run.put_some("text", {"a": "new", "d": "new"}, ["b", "x"], {"a": "four", "d": "two"}.get)
    run.visit()
    assert run.made == {"length": 2, "odd": 2}
    assert dict(run.ask.all("text")) == {"a": "four", "c": "seven", "d": "two"}
    assert dict(run.ask.all("length")) == {"a": 4, "c": 5, "d": 3}
    assert run.keep()
    # Nothing sums up what was put in: who puts in all finds what is another one.
    assert run.summary("text") is None
    assert keep(open_store(), CHAIN, text=texts) == {"length": 2, "odd": 2}
    run = Run(Table(CHAIN), open_store())
    run.put_some("text", {"a": repr("one")}, [], {}.get)
    run.visit()
    assert run.made == {"length": 0, "odd": 0}


def test_who_asks_for_nothing_hears_when_it_comes_and_goes(open_store):
    entries = (
        Input("asked"),
        Input("text"),
        Query("found", lambda ask, key: ask.get("text", ask("asked", key)), each="asked"),
        Query("there", lambda ask, key: ask.has("text", ask("asked", key)), each="asked"),
        Query("which", lambda ask, _: ask.keys("text")),
    )
    asked = {"1": "a", "2": "b"}
    run = begin(open_store(), entries, asked=asked, text={"a": 5})
    run.visit()
    assert dict(run.ask.all("found")) == {"1": 5, "2": None}
    assert dict(run.ask.all("there")) == {"1": True, "2": False}
    assert run.keep()
    assert keep(open_store(), entries, asked=asked, text={"a": 6}) == Counter(found=1)
    come = Counter(found=1, there=1, which=1)
    assert keep(open_store(), entries, asked=asked, text={"a": 6, "b": 1}) == come
    assert keep(open_store(), entries, asked=asked, text={"b": 1}) == come
    assert keep(open_store(), entries, asked=asked, text={"b": 1, "zz": 9}) == Counter(which=1)


def test_what_another_run_has_committed_meanwhile_is_not_overwritten(open_store):
    keep(open_store(), CHAIN, text={"a": "one"})
    first = begin(open_store(), CHAIN, text={"a": "three"})
    second = begin(open_store(), CHAIN, text={"a": "four"})
    third = begin(open_store(), CHAIN, text={"a": "seven"})
    first.visit()
    second.visit()
    assert first.keep()
    assert not second.keep()
    with pytest.raises(MovedOnError):
        third.visit()
    assert keep(open_store(), CHAIN, text={"a": "three"}) == {"length": 0, "odd": 0}


def by_initial(ask, _):
    shelves = {}
    for key, text in ask.all("text").items():
        shelves.setdefault(text[0], []).append(key)
    return Split(len(shelves), {"shelf": shelves})


SHELVES = (
    Input("text"),
    Query("index", by_initial, parts=(Part("shelf"),)),
    Query("page", lambda ask, key: ["page", *ask("shelf", key)], each="shelf", is_output=True),
)


def test_each_part_of_a_split_is_cut_off_by_itself(open_store):
    texts = {"1": "apple", "2": "ant", "3": "bear"}
    run = begin(open_store(), SHELVES, text=texts)
    run.visit()
    with run.publishing() as changes:
        assert changes == {"page": {"a": ["page", "1", "2"], "b": ["page", "3"]}}
    run = begin(open_store(), SHELVES, text=texts | {"1": "crow", "4": "bee"})
    run.visit()
    assert run.differs("shelf") == {"a": ["2"], "b": ["3", "4"], "c": ["1"]}
    assert run.made == {"index": 1, "page": 3}
    with run.publishing():
        pass
    run = begin(open_store(), SHELVES, text=texts | {"1": "crow", "4": "bee", "2": "cat"})
    run.visit()
    assert run.differs("page") == {"a": GONE, "c": ["page", "1", "2"]}


def test_outputs_are_kept_by_a_run_that_publishes_only(open_store):
    run = begin(open_store(), SHELVES, text={"1": "a"})
    run.visit()
    assert run.keep()
    run = begin(open_store(), SHELVES, text={"1": "a"})
    run.visit()
    assert run.made == {"index": 0, "page": 1}
    with run.publishing() as changes:
        assert changes == {"page": {"a": ["page", "1"]}}
    run = begin(open_store(), SHELVES, text={"1": "b"})
    run.visit()
    assert run.keep()
    run = begin(open_store(), SHELVES, text={"1": "a"})
    run.visit()
    assert run.differs("page") == {}


def test_what_was_about_to_be_moved_is_made_anew(open_store):
    run = begin(open_store(), SHELVES, text={"1": "a", "2": "b"})
    run.visit()
    with pytest.raises(OSError, match="no room"), run.publishing():
        raise OSError("no room")
    for _ in range(2):
        run = begin(open_store(), SHELVES, text={"2": "b"})
        run.visit()
        assert run.made["page"] == 1
        assert run.differs("page") == {"a": GONE, "b": ["page", "2"]}
        assert run.keep()
    with begin_published(open_store()) as changes:
        assert changes["page"] == {"a": GONE, "b": ["page", "2"]}
    run = begin(open_store(), SHELVES, text={"2": "b"})
    run.visit()
    assert (run.made["page"], run.differs("page")) == (0, {})


def begin_published(store):
    run = begin(store, SHELVES, text={"2": "b"})
    run.visit()
    return run.publishing()


def test_what_is_doubted_is_made_anew_and_differs(open_store):
    with begin_published(open_store()):
        pass
    run = begin(open_store(), SHELVES, text={"2": "b"})
    run.doubt("page", ["b", "stray"])
    run.visit()
    with run.publishing() as changes:
        assert changes == {"page": {"b": ["page", "2"], "stray": GONE}}
    assert run.made["page"] == 1


def count_folded(seen):
    """Count all texts, looking only at those that differ where it can."""

    def count(ask, _):
        texts, old = ask.all("text"), ask.old
        keys = texts if old is None else old.changed("text")
        seen.append(sorted(keys))
        now = {key: len(texts[key]) if key in texts else GONE for key in keys}
        was = {} if old is None else {key: old.part("size", key, 0) for key in keys}
        sizes = {key: 0 if size is GONE else size for key, size in now.items()}
        total = (old.value if old else 0) + sum(sizes.values()) - sum(was.values())
        return Split(total, {"size": now}, is_patch=old is not None)

    return count


def test_a_fold_is_told_what_differs_and_sees_what_it_made(open_store):
    seen = []
    entries = (Input("text"), Query("total", count_folded(seen), parts=(Part("size"),), folds=True))
    for texts, total in (
        ({"a": "xx", "b": "yyy"}, 5),
        ({"a": "xx", "b": "yyyy", "c": "z"}, 7),
        ({"a": "xx"}, 2),
    ):
        run = begin(open_store(), entries, text=texts)
        run.visit()
        assert run.ask("total") == total
        assert dict(run.ask.all("size")) == {key: len(text) for key, text in texts.items()}
        assert run.keep()
    assert seen == [["a", "b"], ["b", "c"], ["b", "c"]]


def test_what_two_runs_did_not_visit_is_told_to_the_third(open_store):
    seen = []
    total = Query("total", count_folded(seen), parts=(Part("size"),), folds=True)
    entries = (Input("text"), Query("length", length, each="text"), total)
    texts = {"a": "1", "b": "2", "c": "3"}
    keep(open_store(), entries, text=texts)
    for edited in (texts | {"a": "11"}, {"a": "11", "c": "3"}):
        run = begin(open_store(), entries, text=edited)
        run.visit("length")
        assert run.keep()
    keep(open_store(), entries, text={"a": "11", "c": "3"})
    assert seen == [["a", "b", "c"], ["a", "b"]]


def test_values_are_what_was_kept_also_in_the_run_that_made_them(open_store):
    codec = Codec(lambda value: ",".join(sorted(value)).encode(), lambda kept: set(kept.decode()))
    entries = (
        Input("text"),
        Query("letters", lambda ask, key: set(ask("text", key)), each="text", codec=codec),
        Query("pair", lambda ask, key: (ask("letters", key) - {","}, 1)[1:], each="text"),
    )
    run = begin(open_store(), entries, text={"a": "ba"})
    run.visit()
    assert run.ask("letters", "a") == {"a", "b", ","}
    assert run.ask("pair", "a") == [1]


class TestRefused:
    """What a table or a query gets wrong is told at once."""

    def run(self, store, *entries):
        run = begin(store, (Input("text"), *entries), text={"a": "1"})
        run.visit()

    def test_asking_for_what_is_not_above(self, open_store):
        low = Query("low", lambda *_: 1, each="text")
        with pytest.raises(OrderError, match="high asks for low"):
            self.run(
                open_store(), Query("high", lambda ask, key: ask("low", key), each="text"), low
            )
        with pytest.raises(OrderError):
            self.run(
                open_store(), Query("self", lambda ask, key: ask.has("self", key), each="text")
            )
        with pytest.raises(OrderError):
            self.run(open_store(), Query("any", lambda ask, _: ask.all("nothing")))

    def test_asking_for_an_output(self, open_store):
        page = Query("page", lambda *_: 1, is_output=True)
        map_of_site = Query("map", lambda ask, _: ask("page"), is_output=True)
        self.run(open_store(), page, map_of_site)
        with pytest.raises(OrderError, match="map asks for page"):
            self.run(open_store(), page, Query("map", lambda ask, _: ask("page")))

    def test_tables_that_cannot_be(self):
        one = Query("one", lambda *_: 1)
        page = Query("page", lambda *_: 1, is_output=True)
        for entries in (
            (one, one),
            (Query("one", lambda *_: 1, parts=(Part("one"),)),),
            (Query("one", lambda *_: 1, each="two"), Input("two")),
            (page, Query("after", lambda *_: 1, each="page")),
        ):
            with pytest.raises(ValueError, match=r"one|page"):
                Table(entries)

    def test_an_input_that_nobody_put_in_or_too_late(self, open_store):
        run = Run(Table(CHAIN), open_store())
        with pytest.raises(ValueError, match="text was not put in"):
            run.visit()
        run.put("text", {}, str)
        run.visit("length")
        run.visit("length")
        with pytest.raises(ValueError, match="text is put in too late"):
            run.put("text", {"a": None}, str)
        with pytest.raises(KeyError):
            run.visit("lenght")

    @pytest.mark.parametrize(
        "split",
        [
            Split(1, {"other": {}}),
            Split(1, {"part": {"b": 1}}),
            Split(1, {"part": {"a": 1}}, is_patch=True),
        ],
    )
    def test_parts_that_are_not_its_own(self, open_store, split):
        query = Query("some", lambda *_: split, each="text", parts=(Part("part"),))
        with pytest.raises(ValueError, match="some"):
            self.run(open_store(), query)

    def test_values_that_are_no_data(self, open_store):
        for value in ({1}, dt.date(2026, 1, 1), Part("a"), b"a"):
            with pytest.raises(TypeError):
                self.run(open_store(), Query("some", lambda *_, value=value: value))


def test_names_of_files_that_are_no_text_are_keys(open_store):
    texts = {"\udcff.md": "a", "": "b", "*": "c"}
    keep(open_store(), CHAIN, text=texts)
    run = begin(open_store(), CHAIN, text=texts | {"\udcff.md": "\udcfe"})
    run.visit()
    assert run.ask.keys("length") == ("", "*", "\udcff.md")
    assert run.made == {"length": 1, "odd": 0}


@pytest.mark.parametrize("edit", ["text", "title", "add", "remove"])
def test_an_edit_makes_as_many_answers_among_many_as_among_few(tmp_path, edit):
    few, many = (count_answers(tmp_path, edit, count) for count in (500, 2_000))
    assert 0 < many <= few * 1.1


def count_answers(tmp_path, edit, count):
    """Edit one story among so many; return how many answers were made."""

    def story(ask, key):
        found = ask("source", key)
        return Split(None, {"title": {key: found["title"]}, "body": {key: found["body"]}})

    def index(ask, _):
        order = list(ask.all("title"))
        sheets = {str(at): order[at : at + 24] for at in range(0, len(order), 24)}
        around = zip(order, [None, *order], [*order[1:], None], strict=False)
        return Split(len(order), {"sheet": sheets, "near": {key: pair for key, *pair in around}})

    def page(ask, key):
        near = [ask("title", each) for each in ask("near", key) if each]
        return [ask("title", key), ask("body", key), near]

    entries = (
        Input("source"),
        Query("story", story, each="source", parts=(Part("title"), Part("body"))),
        Query("index", index, parts=(Part("sheet"), Part("near"))),
        Query("page", page, each="near", is_output=True),
        Query(
            "list", lambda ask, key: [ask("title", at) for at in ask("sheet", key)], each="sheet"
        ),
    )
    stories = {f"{n:05d}": {"title": f"Bài {n}", "body": "chữ"} for n in range(count)}
    path = tmp_path / f"{count}.db"
    for _ in range(2):
        with Store(path, "1") as store:
            run = begin(store, entries, source=stories)
            run.visit()
            with run.publishing():
                pass
        changed = {"text": ("body", "lửa"), "title": ("title", "Mới")}.get(edit)
        if changed:
            stories["00300"] = stories["00300"] | dict([changed])
        elif edit == "add":
            stories["99999"] = {"title": "Cuối", "body": ""}
        else:
            stories.pop(max(stories), None)
    return sum(run.made.values())
