"""The registers: each file's records, and all of them by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from guongsang.engine.table import Part, Query, Split
from guongsang.photos.emblem import EmblemFacts, read_emblem
from guongsang.photos.facts import PhotoFault
from guongsang.problems.problem import plain_problem
from guongsang.registers.load import MODELS, TABLES, bad_honoree_key, read_register
from guongsang.registers.model import Newsroom, Registers
from guongsang.registers.paths import FOLDER, HONOREES, NEWSROOM
from guongsang.stories.schema import is_key
from guongsang.traces import ALL, Recorder
from guongsang.views.brand import tell_brand

if TYPE_CHECKING:
    from pathlib import Path

    from guongsang.engine.answers import Answers
    from guongsang.engine.ask import Ask


def _read(root: Path, ask: Ask, path: str) -> Any:
    ask("register file", path)
    reading = read_register(root, path)
    return {
        "problems": [plain_problem(each) for each in reading.problems],
        "records": [(key, reading.plain[key]) for key in reading.records],
    }


def _gather(ask: Ask, _: str) -> Split:
    """Split the files' records into tables. The value are the problems, in the order of files."""
    tables: dict[str, dict[str, Any]] = {}
    paths = dict.fromkeys((NEWSROOM, *(f"{FOLDER}/{name}.yml" for name in TABLES)))
    paths |= dict.fromkeys(path for path in ask.keys("register file") if path not in paths)
    problems: list[Any] = []
    for path in paths:
        reading = ask.get("register", path)
        if reading is None:
            continue
        name = path.rpartition("/")[2].removesuffix(".yml")
        problems += reading["problems"]
        table = "honorees" if path.startswith(f"{HONOREES}/") else name
        if table == "honorees" and not is_key(name):
            problems.append(plain_problem(bad_honoree_key(path, name)))
            continue
        tables.setdefault(table, {}).update(dict(reading["records"]))
    order = {name: list(records) for name, records in tables.items() if name != "newsroom"}
    record = tables.pop("newsroom", {}).get("newsroom")
    newsroom = {} if record is None else {"": record}
    return Split(problems, {**tables, "newsroom": newsroom, "order": order})


def _read_emblem(root: Path, ask: Ask, path: str) -> Any:
    ask("emblem file", path)
    found = read_emblem(root / path)
    if isinstance(found, PhotoFault):
        return {"fault": [found.rule, found.args]}
    return {"facts": asdict(found)}


def unpack_emblem(told: Any) -> EmblemFacts | PhotoFault:
    """Return what an answer of the kind "emblem" tells."""
    if "facts" in told:
        return EmblemFacts(**told["facts"])
    rule, args = told["fault"]
    return PhotoFault(rule, tuple(map(tuple, args)))


def _find_brand(ask: Ask, _: str) -> Any:
    """Tell the logo and the icon that the newsroom names, as far as they can be used."""
    record = ask.get("newsroom")
    if record is None:
        return {}
    found = ((path, ask("emblem", path).get("facts")) for path in ask.keys("emblem file"))
    facts = {path.rpartition("/")[2]: each for path, each in found if each is not None}
    return tell_brand(Newsroom.model_validate(record), facts)


def list_queries(root: Path) -> list[Query]:
    return [
        Query("register", partial(_read, root), each="register file"),
        Query(
            "registers",
            _gather,
            parts=(*map(Part, MODELS), Part("newsroom"), Part("order")),
        ),
        Query("emblem", partial(_read_emblem, root), each="emblem file"),
        Query("brand", _find_brand),
    ]


class Records(Mapping[str, Any]):
    """A table of records; which ones are looked up is noted, found or not."""

    def __init__(self, name: str, answers: Answers, recorder: Recorder) -> None:
        self._name, self._answers, self._recorder = name, answers, recorder
        self._model = MODELS[name]
        self._known: dict[str, Any] = {}
        self._there: dict[object, bool] = {}

    def __getitem__(self, key: str) -> Any:
        self._recorder.ask(self._name, key)
        found = self._known.get(key)
        if found is None:
            found = self._model.model_validate(self._answers.value(self._name, key))
            self._known[key] = found
        return found

    def __contains__(self, key: object) -> bool:
        self._recorder.ask(self._name, str(key))
        found = self._there.get(key)
        if found is None:
            found = self._answers.has(self._answers.id_of(self._name, str(key)))
            self._there[key] = found
        return found

    def __iter__(self) -> Iterator[str]:
        self._recorder.ask(self._name, ALL)
        return iter(self._order)

    def __len__(self) -> int:
        self._recorder.ask(self._name, ALL)
        return len(self._order)

    @property
    def _order(self) -> list[str]:
        at = self._answers.id_of("order", self._name)
        return self._answers.value("order", self._name) if self._answers.has(at) else []


def open_registers(answers: Answers, recorder: Recorder) -> Registers | None:
    """Return the registers as answers tell them; None where newsroom.yml cannot be used."""
    if not answers.has(answers.id_of("newsroom", "")):
        return None
    tables = {name: Records(name, answers, recorder) for name in MODELS}
    return Registers(Newsroom.model_validate(answers.value("newsroom", "")), **tables)
