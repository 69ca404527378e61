"""What `theme:` says in vain is told where it stands."""

from __future__ import annotations

import pytest

from guongsang.checks.newsroom.theme import check_theme


def find(theme):
    return list(check_theme(f"site_name: A\ntheme:\n  name: material\n{theme}"))


@pytest.mark.parametrize(
    ("theme", "place", "key", "instead"),
    [
        ("  logo: a.svg\n", (4, 3), "logo", "logo"),
        ("  favicon: a.png\n", (4, 3), "favicon", "icon"),
        ("  icon:\n    logo: material/star\n", (5, 5), "icon.logo", "logo"),
        ("  palette:\n    - scheme: slate\n", (4, 3), "palette", "accent"),
        ("  font:\n    text: Roboto\n", (4, 3), "font", ""),
        ("  features:\n    - toc.follow\n    - navigation.tabs\n", (6, 7), "navigation.tabs", ""),
        ("  features: [search.suggest]\n", (4, 14), "search.suggest", ""),
        ("  features: [header.autohide]\n", (4, 14), "header.autohide", ""),
    ],
)
def test_what_changes_nothing(theme, place, key, instead):
    (found,) = find(theme)
    assert (found.rule, found.line, found.column) == ("GS833", *place)
    assert found.message().startswith(f"{key} trong theme:")
    assert ("newsroom.yml thay cho nó" in found.hint()) == bool(instead)
    assert not instead or f"Gõ {instead}:" in found.hint()


@pytest.mark.parametrize(
    "theme",
    [
        "  font: false\n",
        "  language: vi\n",
        "  features: [navigation.top, toc.follow, content.code.copy]\n",
        "  icon: {admonition: {note: material/star}}\n",
        "  custom_dir: overrides\n  logo: a.svg\n",
        "  features: navigation.tabs\n",
        "  palette: null\n",
        "  features: [1, {a: b}]\n",
    ],
)
def test_what_works_or_is_none_of_ours(theme):
    assert find(theme) == []


@pytest.mark.parametrize("text", ["", "theme: material\n", "- theme\n", "theme: [a]\n", "a: [\n"])
def test_no_theme(text):
    assert list(check_theme(text)) == []
