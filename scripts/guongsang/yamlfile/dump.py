"""YAML that is written so that it is read back as it was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from guongsang.yamlfile.scalars import is_plain_text

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


class _IndentingDumper(StrictDumper):
    """Sets items of a list below their key, not under its first letter."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def _dump_key(key: str, value: object) -> str:
    is_flat = isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)
    return yaml.dump(
        {key: value},
        Dumper=_IndentingDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None if is_flat else False,
        width=1000,
    )
