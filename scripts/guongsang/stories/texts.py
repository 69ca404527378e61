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
    """Yield the texts of a record or a table of records, each with its field, none that is empty.

    Raises TypeError for a model with a text field that declares nothing.
    """
    if isinstance(value, Mapping):
        for key, record in value.items():
            yield from _walk(record, wanted, (key,))
    else:
        yield from _walk(value, wanted, ())


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
    record: BaseModel, wanted: frozenset[Seen], where: FieldPath
) -> Iterator[tuple[FieldPath, str]]:
    for name, key, seen in declared_fields(type(record)):
        value = getattr(record, name)
        if not value or (seen is not None and seen not in wanted):
            continue
        if isinstance(value, list):
            for index, item in enumerate(value):
                at = (*where, key, index)
                if seen is None:
                    yield from _walk(item, wanted, at)
                else:
                    yield at, item
        elif seen is None:
            yield from _walk(value, wanted, (*where, key))
        else:
            yield (*where, key), value


def _list_parts(annotation: Any) -> Iterator[Any]:
    """Yield all that a type is made of, what annotates it behind it."""
    if typing.get_origin(annotation) is typing.Literal:
        return
    yield annotation
    for part in typing.get_args(annotation):
        yield from _list_parts(part)
