"""What is written for people is true: commands, options, fields, targets."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import click
import pytest

from guongsang.cli.main import make_group
from guongsang.stories.model import FrontMatter

ROOT = Path(__file__).parent.parent.parent
GUIDE = ROOT / "docs/huong-dan"
needs_guide = pytest.mark.skipif(not GUIDE.is_dir(), reason="docs/huong-dan is not written yet")


def read(name):
    return (ROOT / name).read_text("utf-8")


def read_guide():
    return "\n".join(page.read_text("utf-8") for page in sorted(GUIDE.rglob("*.md")))


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "CONTRIBUTING.md"])
def test_every_target_that_is_named_exists(name):
    makefile = read("Makefile")
    blocks = re.findall(r"```.*?```|`[^`\n]+`", read(name), re.S)
    named = {target for block in blocks for target in re.findall(r"\bmake ([a-z]+)", block)}
    missing = [each for each in named if not re.search(rf"^{each}:", makefile, re.M)]
    assert missing == []


def test_the_readme_shows_the_two_commands():
    for name in ("README.md",):
        assert "make site" in read(name)
        assert "make test" in read(name)


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "CONTRIBUTING.md"])
def test_files_that_are_linked_exist(name):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read(name))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_target_says_what_it_does_in_two_languages():
    makefile = read("Makefile")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    for target in set(phony.split()) - {"FORCE"}:
        assert re.search(rf"^{target}:[^#]*## .+ \| .+$", makefile, re.M), target


@needs_guide
def test_the_guide_names_every_command_and_option():
    guide = read_guide()
    for name, command in make_group("vi").commands.items():
        assert f"guongsang {name}" in guide, name
        for option in (param for param in command.params if isinstance(param, click.Option)):
            assert option.opts[0] in guide, (name, option.opts[0])


@needs_guide
def test_the_guide_names_every_field_of_a_story():
    text = (GUIDE / "viet-bai.md").read_text("utf-8")
    missing = [name for name in FrontMatter.model_fields if not re.search(rf"\b{name}\b", text)]
    assert missing == []


def test_the_changelog_has_a_place_for_what_comes():
    assert "## [Unreleased]" in read("CHANGELOG.md")


def test_the_version_is_said_once():
    assert f'version = "{metadata.version("guongsang")}"' in read("pyproject.toml")


@pytest.mark.parametrize(
    ("group", "name"), [("console_scripts", "guongsang"), ("mkdocs.plugins", "guongsang")]
)
def test_entry_points_lead_somewhere(group, name):
    (entry,) = metadata.entry_points(group=group, name=name)
    assert callable(entry.load())
