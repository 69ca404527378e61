"""The front matter of pages written by hand: MkDocs publishes it raw where it cannot read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guongsang.problems.problem import Problem, problem
from guongsang.stories.source import read_text, split_story
from guongsang.text.filenames import find_unholdable, show_name, suggest_name
from guongsang.yamlfile.parse import parse_yaml


def check_doc(abs_path: Path, path: str) -> Iterator[Problem]:
    """Yield what is wrong with the front matter of one page of docs/; it may have none."""
    text = read_text(abs_path, path)
    if isinstance(text, Problem):
        yield text
        return
    if not text.lstrip().startswith("---"):
        return
    split = split_story(text, path)
    if isinstance(split, Problem):
        yield split
        return
    parsed = parse_yaml(split.front, path, first_line=split.front_line)
    yield from parsed.problems
    if not parsed.problems and not isinstance(parsed.data, dict | None):
        yield problem("GS110", path, split.front_line, found=str(parsed.data)[:40])


def check_path(path: str) -> Iterator[Problem]:
    """Yield GS422 for a page or file of docs/ that some system cannot hold."""
    for name in path.split("/"):
        sign = find_unholdable(name)
        if sign is not None:
            shown, better = show_name(name), suggest_name(name)
            yield problem("GS422", path, file=shown, sign=show_name(sign), name=better)
