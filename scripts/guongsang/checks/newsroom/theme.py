"""GS833: what stands below `theme:` in mkdocs.yml and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from guongsang.problems.problem import Problem, problem
from guongsang.yamlfile.parse import locate, parse_yaml
from guongsang.yamlfile.positions import FieldPath

SETTINGS: Final = "mkdocs.yml"
# Keys of Material's that our pages do without, each with what newsroom.yml has instead.
_KEYS: Final = {
    ("logo",): "logo",
    ("icon", "logo"): "logo",
    ("favicon",): "icon",
    ("palette",): "accent",
    ("font",): "",
}
# Features of parts that are ours; those of the text work on pages written by hand.
_FEATURES: Final = ("navigation.", "search.", "header.", "announce.", "toc.integrate")
_WORKING: Final = ("navigation.top",)


def check_theme(text: str) -> Iterator[Problem]:
    """Yield what the theme is told in the text of mkdocs.yml and takes no notice of.

    A theme of the newsroom's own may read anything.
    """
    data = parse_yaml(text, SETTINGS).data
    theme = data.get("theme") if isinstance(data, dict) else None
    if not isinstance(theme, dict) or "custom_dir" in theme:
        return
    idle = [*_list_keys(theme), *_list_features(theme.get("features"))]
    positions = locate(text) if idle else None
    for where, name, instead in idle:
        found = positions and (positions.of_key(where) or positions.of_value(where))
        yield problem("GS833", SETTINGS, *(found or (1, 1)), key=name, instead=instead)


def _list_keys(theme: dict[Any, Any]) -> Iterator[tuple[FieldPath, str, str]]:
    for path, instead in _KEYS.items():
        value: Any = theme
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        # No letters from elsewhere is what we do anyway.
        if value not in (None, False):
            yield ("theme", *path), ".".join(path), instead


def _list_features(features: Any) -> Iterator[tuple[FieldPath, str, str]]:
    for n, name in enumerate(features if isinstance(features, list) else ()):
        if isinstance(name, str) and name.startswith(_FEATURES) and name not in _WORKING:
            yield ("theme", "features", n), name, ""
