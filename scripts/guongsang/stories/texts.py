"""Who sees the texts of a record: each text field of a model says so, and rules read them here."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from guongsang.yamlfile.positions import FieldPath


class Seen(Enum):
    """What becomes of a text; annotates a field or a type. Of several the outermost counts."""

    TEXT = "readers read it"
    NAME = "readers read it, and it is the name of a person"
    ADDRESS = "readers see it in addresses and names of files"
    CODE = "a key, a date or a code: it says nothing of a person by itself"
    NEVER = "no reader ever sees it"


NAMES: Final = frozenset({Seen.NAME})
# What readers read.
READ: Final = frozenset({Seen.TEXT, Seen.NAME})


def walk_texts(
    value: BaseModel | Mapping[str, BaseModel], wanted: frozenset[Seen] = frozenset(Seen)
) -> Iterator[tuple[FieldPath, str]]:
    """Return the texts of a record or a table of records, each with its field, none that is empty.

    Raises TypeError for a model with a text field that declares nothing.
    """
    found: list[tuple[FieldPath, str]] = []
    if isinstance(value, BaseModel):
        _walk(value, wanted, (), found)
    else:
        for key, record in value.items():
            _walk(record, wanted, (key,), found)
    return iter(found)


@cache
def declared_fields(model: type[BaseModel]) -> tuple[tuple[str, str, Seen | None], ...]:
    """Return the fields of a model that hold texts: name, key as written, and what is declared.

    None is declared where there are records below, which say it themselves. Raises TypeError for a
    text field that declares nothing.
    """
    found: list[tuple[str, str, Seen | None]] = []
    for name, info in model.model_fields.items():
        parts = list(_list_parts(info.annotation))
        seen = [each for each in (*parts, *info.metadata) if isinstance(each, Seen)]
        if any(isinstance(each, type) and issubclass(each, BaseModel) for each in parts):
            found.append((name, info.alias or name, None))
        elif seen:
            found.append((name, info.alias or name, seen[-1]))
        elif str in parts:
            raise TypeError(f"{model.__name__}.{name}: declare who sees this text, see Seen")
    return tuple(found)


def _walk(
    record: BaseModel,
    wanted: frozenset[Seen],
    where: FieldPath,
    found: list[tuple[FieldPath, str]],
) -> None:
    for name, key, holds_records in _list_wanted(type(record), wanted):
        value = getattr(record, name)
        if not value:
            continue
        if not isinstance(value, list):
            if holds_records:
                _walk(value, wanted, (*where, key), found)
            else:
                found.append(((*where, key), value))
        elif holds_records:
            for index, item in enumerate(value):
                _walk(item, wanted, (*where, key, index), found)
        else:
            found += [((*where, key, index), item) for index, item in enumerate(value)]


@cache
def _list_wanted(
    model: type[BaseModel], wanted: frozenset[Seen]
) -> tuple[tuple[str, str, bool], ...]:
    """Return the fields of a model that hold wanted texts, or records that do: name, key as
    written, and whether it is records."""
    return tuple(
        (name, key, seen is None)
        for name, key, seen in declared_fields(model)
        if (seen in wanted if seen else _leads_to(model, name, wanted))
    )


def _leads_to(model: type[BaseModel], name: str, wanted: frozenset[Seen]) -> bool:
    return any(
        _list_wanted(part, wanted)
        for part in _list_parts(model.model_fields[name].annotation)
        if isinstance(part, type) and issubclass(part, BaseModel)
    )


def _list_parts(annotation: Any) -> Iterator[Any]:
    """Yield all that a type is made of, what annotates it behind it."""
    if typing.get_origin(annotation) is typing.Literal:
        return
    yield annotation
    for part in typing.get_args(annotation):
        yield from _list_parts(part)
