"""YAML that is written so that it is read back as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from guongsang.yamlfile.scalars import is_day, is_plain_text

# Words that folding could set alone on a line, where they would look like a fence.
_FENCE_LIKE = re.compile(r"[-—–‒+=]{1,}")


class StrictDumper(yaml.SafeDumper):
    """Writes what `parse_yaml` reads back: quotes what it would not take for text, and fences."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the reader refuses aliases
        return True

    def represent_str(self, text: str) -> yaml.ScalarNode:
        fence_like = any(_FENCE_LIKE.fullmatch(word) for word in text.split())
        risky = fence_like or any(mark in text for mark in ("\n", "...", "---"))
        return self.represent_scalar(
            "tag:yaml.org,2002:str", text, style='"' if risky or not is_plain_text(text) else None
        )


StrictDumper.add_representer(str, StrictDumper.represent_str)


def dump_mapping(data: Mapping[str, object]) -> str:
    """Return a mapping in block style, in its order, lists of plain values in one line."""
    return yaml.dump(
        dict(data),
        Dumper=StrictDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=1000,
    )


def dump_blocks(data: Mapping[str, object]) -> str:
    """Return a mapping for people to edit: every key a line, for in braces a comma ends a value.

    Lists of keys and words stand in one line.
    """
    return "".join(_dump_key(key, value) for key, value in data.items())


class _EditorsDumper(StrictDumper):
    """Writes as people do: items of a list below their key, not under its first letter, those that
    are plain values in one line; days without quotes, which is how our reader takes them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)

    def represent_str(self, text: str) -> yaml.ScalarNode:
        if is_day(text):
            return self.represent_scalar("tag:yaml.org,2002:timestamp", text)
        return super().represent_str(text)

    def represent_list(self, data: Iterable[Any]) -> yaml.SequenceNode:
        values = list(data)
        is_flat = not any(isinstance(each, dict | list) for each in values)
        return self.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_flat)


_EditorsDumper.add_representer(str, _EditorsDumper.represent_str)
_EditorsDumper.add_representer(list, _EditorsDumper.represent_list)


def _dump_key(key: str, value: object) -> str:
    return yaml.dump(
        {key: value},
        Dumper=_EditorsDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=1000,
    )
