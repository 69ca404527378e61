"""Every text of a record says who sees it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel

from guongsang.registers.describe import RECORDS, list_models
from guongsang.stories.schema import Key, Part, Text, Url
from guongsang.stories.texts import READ, Seen, declared_fields, walk_texts

MODELS = list(list_models(*RECORDS.values()))


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_every_text_field_declares_who_sees_it(model: type[BaseModel]) -> None:
    """Declare it in the model: `Annotated[Text, Seen.TEXT]`; CONTRIBUTING says which."""
    declared_fields(model)


def test_no_model_is_forgotten() -> None:
    known = set(MODELS)
    assert [each.__name__ for each in _subclasses(Part) if each not in known] == []


def _subclasses(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return our own models; those of tests are no part of the schema."""
    found = [each for each in model.__subclasses__() if each.__module__.startswith("guongsang.")]
    return found + [below for each in found for below in _subclasses(each)]


class Plain(Part):
    text: Text


class Optional(Part):
    text: Text | None = None


class Many(Part):
    texts: list[Text] = []  # noqa: RUF012 - pydantic copies it


class Bare(Part):
    text: str = ""


class Either(Part):
    text: Literal["a"] | str = "a"


@pytest.mark.parametrize("model", [Plain, Optional, Many, Bare, Either])
def test_a_text_that_declares_nothing_is_an_error(model: Any) -> None:
    with pytest.raises(TypeError, match=rf"{model.__name__}\.texts?: declare"):
        list(walk_texts(model(text="x") if model is Plain else model()))


class Below(Part):
    said: Annotated[Text | None, Seen.TEXT] = None
    paper: Annotated[Text | None, Seen.NEVER] = None


class Whole(Part):
    name: Annotated[Text, Seen.NAME]
    kind: Literal["person"] = "person"
    number: int = 1
    key: Key
    page: Url | None = None
    shown_key: Annotated[Key, Seen.ADDRESS]
    tags: Annotated[list[Text], Seen.TEXT]
    below: Below
    more: list[Below]


WHOLE = {
    "name": "Tên",
    "key": "ma",
    "shown_key": "ma-khac",
    "tags": ["một", "hai"],
    "below": {"paper": "PĐY-1"},
    "more": [{"said": "ba"}, {}],
}


def test_texts_come_with_their_fields_in_order() -> None:
    record = Whole.model_validate(WHOLE)
    read = {("name",): "Tên", ("tags", 0): "một", ("tags", 1): "hai", ("more", 0, "said"): "ba"}
    assert list(walk_texts(record, READ)) == list(read.items())
    assert next(iter(walk_texts({"a": record}, READ))) == (("a", "name"), "Tên")
    assert list(walk_texts(record, frozenset({Seen.ADDRESS}))) == [(("shown_key",), "ma-khac")]
    assert ("below", "paper") in dict(walk_texts(record))
    assert len(dict(walk_texts(record))) == 7


@pytest.mark.parametrize("wanted", [READ, frozenset({Seen.NAME}), frozenset({Seen.NEVER})])
def test_fields_that_hold_nothing_wanted_are_left_out_and_no_other(wanted: frozenset[Seen]) -> None:
    """Looking at some kinds only gives what looking at all and choosing gives."""
    record = Whole.model_validate(WHOLE)
    seen = {where: each for each in Seen for where, _ in walk_texts(record, frozenset({each}))}
    every = [(where, text) for where, text in walk_texts(record) if seen[where] in wanted]
    assert list(walk_texts(record, wanted)) == every
