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
