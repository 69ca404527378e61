"""Random tables: made by numbers, run by the engine, and recomputed here without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from guongsang.engine.table import GONE, Input, Part, Query, Split, Table

KEYS = "abcde"
INPUTS = ("in0", "in1")
OPS = ("get", "get", "has", "keys", "all")
HOWS = ("own", "value", *KEYS[:3])


class BrokenError(Exception):
    """What a query raises when it is told to."""


@dataclass(frozen=True)
class Step:
    """One question: `how` chooses the key; "value" by what has been answered so far."""

    op: str
    kind: str
    how: str


@dataclass(frozen=True)
class Spec:
    """A query. It makes small numbers, so that many answers are equal to their old ones."""

    name: str
    each: str | None
    steps: tuple[Step, ...]
    parts: tuple[str, ...]
    modulus: int
    folds: str | None = None
    is_output: bool = False


def number(value):
    return sum(value.values()) if isinstance(value, dict) else value


def compute(spec, ask, key):
    """Make an answer of a query: its number and its parts by kind and key."""
    total = KEYS.find(key[:1]) + 1
    for step in spec.steps:
        at = {"own": key, "value": KEYS[total % len(KEYS)]}.get(step.how, step.how)
        if step.op == "get":
            total += 2 * number(ask.get(step.kind, at, -1))
        elif step.op == "has":
            total += 3 * ask.has(step.kind, at)
        elif step.op == "keys":
            total += sum(map(len, ask.keys(step.kind))) + len(ask.keys(step.kind))
        else:
            total += sum(n * number(v) for n, (_, v) in enumerate(ask.all(step.kind).items(), 1))
    parts = {}
    for n, part in enumerate(spec.parts):
        if spec.each is not None:
            parts[part] = {key: total // 2 % spec.modulus} if (total + n) % 3 else {}
        else:
            names = [KEYS[(total + n + j) % len(KEYS)] for j in range(total % 4)]
            parts[part] = {name: (total + j) % spec.modulus for j, name in enumerate(names)}
    return total % spec.modulus, parts


def fold(spec, ask):
    """Make numbers of all answers of a kind; only of those that differ where the rest is known."""
    found, old = ask.all(spec.folds), ask.old
    keys = found if old is None else old.changed(spec.folds)
    now = {key: number(found[key]) % spec.modulus if key in found else GONE for key in keys}
    value = ({} if old is None else old.value) | now
    value = {key: value[key] for key in sorted(value) if value[key] is not GONE}
    parts = dict.fromkeys(spec.parts, now)
    return Split(value, parts, is_patch=old is not None)


def make_query(spec, broken, staged):
    """Return a query of the engine; what it makes is staged, as files are that nobody keeps."""

    def make(ask, key):
        if spec.name in broken:
            raise BrokenError(spec.name)
        made = fold(spec, ask) if spec.folds is not None else Split(*compute(spec, ask, key))
        staged[spec.name, key] = made.value
        for part, values in made.parts.items():
            staged.update(((part, at), value) for at, value in values.items())
        return made

    parts = tuple(map(Part, spec.parts))
    folds, is_output = spec.folds is not None, spec.is_output
    return Query(spec.name, make, each=spec.each, parts=parts, folds=folds, is_output=is_output)


def make_table(specs, broken, staged):
    """Return a table of the engine; its second input stands below its first query."""
    queries = [make_query(spec, broken, staged) for spec in specs]
    first, second = map(Input, INPUTS)
    return Table([first, queries[0], second, *queries[1:]])


class Plain:
    """Asks for answers that are there already, all of them computed before."""

    old = None

    def __init__(self, answers):
        self.answers = answers

    def get(self, kind, key="", default=None):
        return self.answers[kind].get(key, default)

    def has(self, kind, key=""):
        return key in self.answers[kind]

    def keys(self, kind):
        return tuple(sorted(self.answers[kind]))

    def all(self, kind):
        return dict(sorted(self.answers[kind].items()))


def recompute(specs, inputs):
    """Return all answers by kind and key, made from nothing in one pass."""
    answers = {kind: dict(values) for kind, values in inputs.items()}
    for spec in specs:
        answers |= {kind: {} for kind in (spec.name, *spec.parts)}
        for key in [""] if spec.each is None else sorted(answers[spec.each]):
            if spec.folds is not None:
                split = fold(spec, Plain(answers))
                value, parts = split.value, split.parts
            else:
                value, parts = compute(spec, Plain(answers), key)
            answers[spec.name][key] = value
            for part, made in parts.items():
                answers[part] |= made
    return answers


@st.composite
def specs(draw):
    """Draw the queries of a table; the last ones are outputs."""
    made, kinds = [], [INPUTS[0]]
    count = draw(st.integers(2, 6))
    outputs = draw(st.integers(1, count))
    for at in range(count):
        name, above = f"q{at}", st.sampled_from(tuple(kinds))
        steps = st.builds(Step, st.sampled_from(OPS), above, st.sampled_from(HOWS))
        spec = Spec(
            name,
            draw(st.none() | above),
            tuple(draw(st.lists(steps, min_size=1, max_size=3))),
            tuple(f"{name}{part}" for part in "xy"[: draw(st.integers(0, 2))]),
            draw(st.integers(2, 4)),
            is_output=at >= outputs,
        )
        if draw(st.integers(0, 3)) == 0:
            spec = replace(spec, each=None, folds=draw(above))
        made.append(spec)
        kinds += [name, *spec.parts, *(INPUTS[1:] if at == 0 else ())]
    return tuple(made)


def rename(specs, view):
    """Return the queries of a view: outputs carry it in their names, all above is shared."""
    own = {kind for spec in specs if spec.is_output for kind in (spec.name, *spec.parts)}

    def named(kind):
        return f"{kind}.{view}" if kind in own else kind

    return tuple(
        replace(
            spec,
            name=named(spec.name),
            each=named(spec.each) if spec.each else spec.each,
            steps=tuple(replace(step, kind=named(step.kind)) for step in spec.steps),
            parts=tuple(map(named, spec.parts)),
            folds=named(spec.folds) if spec.folds else spec.folds,
        )
        for spec in specs
    )
