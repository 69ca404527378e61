"""What all records of the newsroom have in common: field types, and errors as problems.

A model says what may be written; `validate` turns everything pydantic finds into problems with the
line and column of the offending key or value.
"""

from __future__ import annotations

import copy
import datetime as dt
import difflib
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError, core_schema

from guongsang.problems.problem import Problem, format_field, problem
from guongsang.stories.choices import LABELS, suggest
from guongsang.stories.texts import Seen
from guongsang.text.dates import VIETNAM, suggest_day
from guongsang.text.fold import slug
from guongsang.yamlfile.positions import FieldPath, Mark, Positions

MAX_KEY = 80
MAX_PROBLEMS = 200  # of one record: a damaged file must not drown the others, nor take minutes
KEY_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED_KEYS = frozenset(
    ["trang", "index", "rss", "atom", "feed", "con", "prn", "aux", "nul"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)
UNKNOWN = "unknown"

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# What an old address has not: blanks, a part of a page, an empty step or one upwards.
_NOT_IN_ALIAS = re.compile(r"[\s#\\]|\?(?:$|[^?]*\?)|^[^?]*?(//|(?<=/)\.\.(?=[/?]|$))")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}):([0-9]{2})")

M = TypeVar("M", bound=BaseModel)


class Part(BaseModel):
    """Base of all records: unknown keys are refused, types are not converted, values are frozen."""

    # A model's validator is built when it first validates: most runs read few records anew.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


@lru_cache(maxsize=4096)
def is_key(text: str) -> bool:
    """Return whether `text` can be a key, an id or a slug (design: Keys, ids, slugs)."""
    return bool(KEY_PATTERN.fullmatch(text)) and len(text) <= MAX_KEY and text not in RESERVED_KEYS


def fail(rule: str, **args: object) -> PydanticCustomError:
    """Make the error that `validate` turns into a problem of `rule`."""
    return PydanticCustomError(
        rule,
        rule,
        {name: str(value) for name, value in args.items()},
    )


def _check_text(value: str) -> str:
    if not value.strip():
        raise fail("GS208")
    return value


def suggest_key(value: str) -> str:
    """Return the key that an editor may have meant by a name or a mistyped key."""
    made = slug(value)
    return made if is_key(made) else "guong-sang"


def _check_key(value: str) -> str:
    if not is_key(value):
        raise fail("GS211", value=value[:90], suggestion=suggest_key(value))
    return value


def _check_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+\S*", value):
        host = re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", value, re.IGNORECASE)
        raise fail("GS217", value=value[:90], suggestion=f"https://{value}"[:90] if host else "")
    return value


def _check_alias(value: str) -> str:
    odd = _NOT_IN_ALIAS.search(value)
    if odd or not value.startswith("/"):
        sign = (odd[1] or odd[0][:1]) if odd else ""
        raise fail("GS219", value=value[:90], sign=sign, suggestion=_suggest_alias(value)[:90])
    return value


def _suggest_alias(value: str) -> str:
    """Return the old address that may be meant: what stands behind the host's name, in its form."""
    host = re.match(r"(?:https?:)?//[^/]*|(?:[\w-]+\.)+[a-z]{2,}(?=/)", value)
    path, mark, query = value[host.end() if host else 0 :].partition("#")[0].strip().partition("?")
    path = path.replace("\\", "/")
    parts = [part for part in re.sub(r"\s", "%20", path).split("/") if part not in ("", "..")]
    end = "/" if path.endswith("/") and parts else ""
    query = re.sub(r'[\s"\\?]', "", query)
    made = f"/{'/'.join(parts)}{end}{mark if query else ''}{query}"
    return made if len(made) > 1 else "/cu/dia-chi-cu/"


def _read_day(value: object) -> object:
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        return _parse_day(value)
    raise fail("GS212", value=show(value), suggestion="")


@lru_cache(maxsize=4096)
def _parse_day(value: str) -> dt.date:
    match = _DAY.fullmatch(value)
    if match is None:
        raise fail("GS212", value=show(value), suggestion=suggest_day(value).partition(" ")[0])
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        raise fail("GS123", value=show(value)) from None


def _read_moment(value: object) -> object:
    """Read a day or a day with a time as Vietnam time; a day alone means its first minute."""
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, str):
        return _parse_moment(value)
    return dt.datetime.combine(typing.cast(dt.date, _read_day(value)), dt.time(), VIETNAM)


@lru_cache(maxsize=4096)
def _parse_moment(value: str) -> dt.datetime:
    match = _MOMENT.fullmatch(value)
    if match is None and _DAY.fullmatch(value) is None:
        raise fail("GS212", value=show(value), suggestion=suggest_day(value))
    if match is None:
        return dt.datetime.combine(_parse_day(value), dt.time(), VIETNAM)
    day = _parse_day(match[1])
    try:
        time = dt.time(int(match[2]), int(match[3]))
    except ValueError:
        raise fail("GS213", value=show(value)) from None
    return dt.datetime.combine(day, time, VIETNAM)


def _read_life_date(value: object) -> object:
    """Read a year, a day or `unknown`; a year is kept as text of four digits."""
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return str(value)
    if value == UNKNOWN or (isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value)):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        _read_day(value)
        return value
    day = suggest_day(value).partition(" ")[0] if isinstance(value, str) else ""
    raise fail("GS214", value=show(value), suggestion=day)


# What JSON Schema says of each; its title names the type to editors.
_TEXT_SCHEMA = {"type": "string", "title": "text", "pattern": r"\S"}
_KEY_SCHEMA = {"type": "string", "title": "key", "pattern": f"^{KEY_PATTERN.pattern}$"}
_URL_SCHEMA = {"type": "string", "title": "url", "pattern": "^https?://"}
_ALIAS_SCHEMA = {"type": "string", "title": "path", "pattern": "^/"}
_DAY_SCHEMA = {"type": "string", "title": "day", "format": "date"}
_MOMENT_SCHEMA = {
    "type": "string",
    "title": "moment",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2})?$",
}
_LIFE_SCHEMA = {
    "title": "life",
    "anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        {"type": "string", "pattern": "^([0-9]{4}(-[0-9]{2}-[0-9]{2})?|unknown)$"},
    ],
}

Text = Annotated[str, AfterValidator(_check_text), WithJsonSchema(_TEXT_SCHEMA)]
Key = Annotated[
    str,
    AfterValidator(_check_key),
    WithJsonSchema({**_KEY_SCHEMA, "maxLength": MAX_KEY}),
    Seen.CODE,
]
Url = Annotated[str, AfterValidator(_check_url), WithJsonSchema(_URL_SCHEMA), Seen.ADDRESS]
AliasPath = Annotated[
    str, AfterValidator(_check_alias), WithJsonSchema(_ALIAS_SCHEMA), Seen.ADDRESS
]
Day = Annotated[dt.date, BeforeValidator(_read_day), WithJsonSchema(_DAY_SCHEMA)]
Moment = Annotated[dt.datetime, BeforeValidator(_read_moment), WithJsonSchema(_MOMENT_SCHEMA)]
LifeDate = Annotated[str, BeforeValidator(_read_life_date), WithJsonSchema(_LIFE_SCHEMA), Seen.CODE]


@dataclass(frozen=True, slots=True)
class LengthBetween:
    """Refuses texts with fewer or more characters; annotates a field."""

    least: int
    most: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "minLength": self.least, "maxLength": self.most}

    def check(self, value: str) -> str:
        length = len(value.strip())
        if not self.least <= length <= self.most:
            raise fail("GS209", length=length, least=self.least, most=self.most)
        return value


def at_least_one(value: list[Any]) -> list[Any]:
    if not value:
        raise fail("GS215")
    return value


AtLeastOne = (AfterValidator(at_least_one), Field(json_schema_extra={"minItems": 1}))


def no_repeats(value: list[str]) -> list[str]:
    repeated = next((item for index, item in enumerate(value) if item in value[:index]), None)
    if repeated is not None:
        raise fail("GS216", value=repeated)
    return value


def validate(
    model: type[M], data: object, path: str, positions: Callable[[], Positions]
) -> M | list[Problem]:
    """Validate `data` against `model`; `positions` is asked only when something is wrong."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        places = positions()
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        mistyped = {_meant(model, each) for each in details if each["type"] == "extra_forbidden"}
        return [
            _explain(model, each, path, places)
            for each in details
            if each["type"] != "missing" or each["loc"] not in mistyped
        ]


def _meant(model: type[BaseModel], error: ErrorDetails) -> tuple[int | str, ...]:
    """Return where the key stands that a mistyped one was meant for: it is not missing too."""
    *parent, key = error["loc"]
    near = difflib.get_close_matches(str(key), _fields_at(model, tuple(parent)), n=1)
    return (*parent, *near)


@dataclass(frozen=True, slots=True)
class Rest(Generic[M]):
    """A record without what was wrong in it; see `validate_rest`."""

    record: M
    reduced: frozenset[str]
    replaced: frozenset[str]


def validate_rest(
    model: type[M], data: Mapping[str, Any], stand_ins: Mapping[str, Any]
) -> Rest[M] | None:
    """Validate what is left of a record once everything wrong in it is taken out.

    `stand_ins` replace required keys that are missing or had to go. Names the top-level keys that
    lost an item and those that went; None where nothing sensible is left. Never publish it: it
    only lets other rules look at the rest.
    """
    rest = copy.deepcopy(dict(data))
    reduced, replaced = set[str](), set[str]()
    for _ in range(_MAX_MENDS):
        try:
            return Rest(model.model_validate(rest), frozenset(reduced), frozenset(replaced))
        except ValidationError as error:
            for details in error.errors(include_url=False, include_context=False):
                key = str(details["loc"][0]) if details["loc"] else ""
                stays = _take_out(rest, details["loc"], stand_ins)
                (reduced if stays else replaced).add(key)
    return None


def _take_out(
    rest: dict[str, Any], loc: tuple[int | str, ...], stand_ins: Mapping[str, Any]
) -> bool:
    """Remove the smallest part around `loc` that can go: a list's item, or a top-level key.

    Returns whether something of the key stays.
    """
    if not loc:
        return False
    top = str(loc[0])
    if len(loc) > 1 and isinstance(loc[1], int) and isinstance(rest.get(top), list):
        if loc[1] < len(rest[top]):
            rest[top][loc[1]] = _GONE
        rest[top] = [item for item in rest[top] if item is not _GONE]
        if rest[top]:
            return True
    rest.pop(top, None)
    if top in stand_ins:
        rest[top] = copy.deepcopy(stand_ins[top])
    return False


_GONE: typing.Final = object()
_MAX_MENDS: typing.Final = 12
_TYPE_RULES = {
    "string_type": "GS203",
    "list_type": "GS204",
    "model_type": "GS205",
    "dict_type": "GS205",
    "int_type": "GS206",
    "float_type": "GS206",
    "bool_type": "GS207",
}


def _explain(model: type[BaseModel], error: ErrorDetails, path: str, places: Positions) -> Problem:
    loc: FieldPath = error["loc"]
    found = _name_rule(model, error, path, places)
    return replace(found, field=format_field(loc))


def _name_rule(
    model: type[BaseModel], error: ErrorDetails, path: str, places: Positions
) -> Problem:
    loc: FieldPath = error["loc"]
    kind, given = error["type"], error["input"]
    key = ".".join(str(part) for part in loc if not isinstance(part, int)) or "–"
    mark = places.of_value(loc) or Mark(1, 1)
    if kind == "missing":
        parent = (places.of_value(loc[:-1]) if len(loc) > 1 else places.keys.get(())) or Mark(1, 1)
        return problem("GS201", path, *parent, key=loc[-1], full=key)
    if kind == "extra_forbidden":
        mark = places.of_key(loc) or mark
        args = _tell_unknown(model, loc)
        return problem("GS202", path, *mark, key=show(loc[-1]), full=key, **args)
    if kind == "string_type" and given is None:
        return problem("GS208", path, *mark, key=key)
    if kind in _TYPE_RULES:
        return problem(_TYPE_RULES[kind], path, *mark, key=key, value=show(given))
    if kind in ("literal_error", "enum"):
        expected = str((error.get("ctx") or {}).get("expected", ""))
        allowed = [word.strip(" '") for word in re.split(r",| or ", expected)]
        candidates = suggest(str(given), allowed, LABELS.get(key.rpartition(".")[2]))
        return problem("GS210", path, *mark, key=key, value=show(given), candidates=candidates)
    if kind.startswith("GS"):
        return problem(kind, path, *mark, **{"key": key, **(error.get("ctx") or {})})
    raise AssertionError(f"no rule for pydantic's {kind!r} at {loc}")


def _tell_unknown(model: type[BaseModel], loc: FieldPath) -> dict[str, Any]:
    """Return what may be meant by a key that is none here, or where it belongs."""
    key, near_by = str(loc[-1]), _fields_at(model, loc[:-1])
    parents = dict.fromkeys(parent for parent, name in _list_fields(model) if name == key)
    is_near = bool(difflib.get_close_matches(key, near_by, n=1))
    return {
        "top": key if "" in parents else "",
        "inside": ", ".join(parent for parent in parents if parent),
        "record": "",
        "candidates": "" if parents and not is_near else suggest(key, near_by),
    }


def _list_fields(model: type[BaseModel], parent: str = "") -> Iterator[tuple[str, str]]:
    """Yield every field of a record and of those below it, with the path of keys above it."""
    for name, info in model.model_fields.items():
        yield parent, info.alias or name
        below = _model_in(info.annotation)
        if below is not None:
            yield from _list_fields(below, f"{parent}.{name}".strip("."))


def _fields_at(model: type[BaseModel], loc: FieldPath) -> list[str]:
    """Return the names, as written, of the fields of the record at `loc` below `model`."""
    current: type[BaseModel] = model
    for part in loc:
        if isinstance(part, str) and part in current.model_fields:
            current = _model_in(current.model_fields[part].annotation) or current
    return [info.alias or name for name, info in current.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in typing.get_args(annotation))
    return next((model for model in found if model is not None), None)


def show(value: object) -> str:
    """Return a value as an editor may recognise it: short and on one line."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())[:60]
