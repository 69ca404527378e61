"""What may be written: every record and field of the one schema, in words and as JSON Schema.

The models say names, types, what is required; `fields-*.toml` says in two languages what each is
for. The reference, `guongsang schema` and editors' programs read both here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from guongsang.registers.load import FREE_KEYED, TABLES
from guongsang.registers.model import Honoree, Newsroom
from guongsang.registers.schemas import STORY
from guongsang.stories.model import FrontMatter
from guongsang.stories.schema import KEY_PATTERN

# What can be described, by the name that `guongsang schema` takes; tables hold records by key.
RECORDS: Final[Mapping[str, type[BaseModel]]] = {
    STORY: FrontMatter,
    "honoree": Honoree,
    "newsroom": Newsroom,
    **TABLES,
}
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_LANGUAGES: Final = ("vi", "en")
_TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "text": {"vi": "chữ", "en": "text"},
    "key": {"vi": "mã", "en": "key"},
    "url": {"vi": "địa chỉ trang", "en": "address"},
    "path": {"vi": "đường dẫn", "en": "path"},
    "day": {"vi": "ngày", "en": "day"},
    "moment": {"vi": "ngày, có thể thêm giờ", "en": "day, time optional"},
    "life": {"vi": "năm, ngày hoặc unknown", "en": "year, day or unknown"},
    "string": {"vi": "chữ", "en": "text"},
    "integer": {"vi": "số nguyên", "en": "whole number"},
    "number": {"vi": "số", "en": "number"},
    "boolean": {"vi": "true hoặc false", "en": "true or false"},
    "array": {"vi": "danh sách", "en": "list"},
    "record": {"vi": "nhóm khóa", "en": "group of keys"},
}


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field in words. `type`, `text` are by language; `part` names the record below it."""

    key: str
    type: Mapping[str, str]
    is_required: bool
    choices: tuple[str, ...]
    text: Mapping[str, str]
    example: str
    part: str | None


@dataclass(frozen=True, slots=True)
class RecordText:
    """A record in words; `name` is that of its model, `file` where it is written."""

    name: str
    title: Mapping[str, str]
    file: str
    fields: tuple[FieldText, ...]


def describe_record(name: str) -> tuple[RecordText, ...]:
    """Return a record of `RECORDS` and every record below it, each once, outer ones first."""
    return tuple(_describe(RECORDS[name], set()))


def list_models(*models: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield models and every model below them, each once."""
    waiting, seen = list(models), set[type[BaseModel]]()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            waiting += _parts_of(model)


def json_schema(name: str, lang: str) -> dict[str, Any]:
    """Return the JSON Schema of a record of `RECORDS`, or of the table that holds such records."""
    model = RECORDS[name]
    schema = model.model_json_schema()
    parts = schema.pop("$defs", {})
    for title, part in {**parts, model.__name__: schema}.items():
        part.pop("description", None)
        for key, shape in part["properties"].items():
            part["properties"][key] = _tidy(shape) | {"description": _texts()[title][key][lang]}
    if name in TABLES:
        parts[model.__name__] = schema
        pattern = r"\S" if name in FREE_KEYED else f"^{KEY_PATTERN.pattern}$"
        schema = {
            "type": "object",
            "propertyNames": {"pattern": pattern},
            "additionalProperties": {"$ref": f"#/$defs/{model.__name__}"},
        }
    found = {"$schema": _DIALECT, **schema, "title": f"Gương Sáng: {name}"}
    return found | ({"$defs": parts} if parts else {})


def _describe(model: type[BaseModel], seen: set[str]) -> Iterator[RecordText]:
    seen.add(model.__name__)
    yield _describe_alone(model)
    for part in _parts_of(model):
        if part.__name__ not in seen:
            yield from _describe(part, seen)


@cache
def _describe_alone(model: type[BaseModel]) -> RecordText:
    schema = model.model_json_schema()
    required = schema.get("required", [])
    fields = tuple(
        _describe_field(model.__name__, key, shape, is_required=key in required)
        for key, shape in schema["properties"].items()
    )
    told = _texts()["records"][model.__name__]
    titles = {lang: told[lang] for lang in _LANGUAGES}
    return RecordText(model.__name__, titles, told["file"], fields)


def _describe_field(record: str, key: str, shape: Any, *, is_required: bool) -> FieldText:
    told = _texts()[record][key]
    many = shape.get("type") == "array"
    inner = _without_null(shape.get("items", {}) if many else shape)
    part = inner["$ref"].rpartition("/")[2] if "$ref" in inner else None
    kind = _TYPES["record" if part else _type_name(inner)]
    listed = {lang: f"{_TYPES['array'][lang]}: {kind[lang]}" for lang in kind}
    return FieldText(
        key=key,
        type=listed if many else kind,
        is_required=is_required,
        choices=tuple(map(str, inner.get("enum", ()))),
        text={lang: told[lang] for lang in _LANGUAGES},
        example=told["example"],
        part=part,
    )


def _type_name(shape: Mapping[str, Any]) -> str:
    """Return the name of a type of our own, else that of JSON."""
    title = str(shape.get("title", ""))
    return title if title in _TYPES else str(shape.get("type", "number"))


def _without_null(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a field that may be left empty holds otherwise."""
    options = [each for each in shape.get("anyOf", ()) if each.get("type") != "null"]
    return options[0] if len(options) == 1 else shape


def _tidy(shape: dict[str, Any]) -> dict[str, Any]:
    """Return a property's schema without the titles that only repeat its key or type."""
    tidied: dict[str, Any] = {}
    for key, value in shape.items():
        if key == "title" or (key == "default" and value is None):
            continue
        if isinstance(value, dict):
            tidied[key] = _tidy(value)
        elif key in ("anyOf", "prefixItems"):
            tidied[key] = [_tidy(each) for each in value]
        else:
            tidied[key] = value
    return tidied


def _parts_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the models of a record's fields, in the order of the fields."""
    for info in model.model_fields.values():
        waiting = [info.annotation]
        while waiting:
            current: Any = waiting.pop()
            if isinstance(current, type) and issubclass(current, BaseModel):
                yield current
            waiting.extend(getattr(current, "__args__", ()))


@cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    # Only who describes something needs it.
    import tomllib  # noqa: PLC0415

    found: dict[str, Any] = {}
    for name in ("fields-story", "fields-registers"):
        file = Path(__file__).with_name(f"{name}.toml")
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found
