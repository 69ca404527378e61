"""What is written for people is true: commands, options, fields, targets."""

from __future__ import annotations

import re
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import click
import pytest

from guongsang.cli.main import make_group
from guongsang.registers.describe import RECORDS, list_models
from guongsang.registers.model import Honoree

ROOT = Path(__file__).parent.parent.parent
GUIDE = ROOT / "scripts/guongsang/guide"


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


def test_an_upload_is_told_alike_and_leaves_what_the_server_has():
    """Without these, links break while it runs, and certificates and .htaccess are deleted."""
    told = {
        tuple(line.split()[1:-1])
        for name in ("README.md", "README.vi.md")
        for line in read(name).split("\n")
        if line.strip().startswith("rsync ")
    }
    (options,) = told
    assert {"--delay-updates", "--delete-after"} <= set(options)
    kept = {name for before, name in pairwise(options) if before == "--exclude"}
    assert kept == {".guongsang", ".htaccess", ".well-known/acme-challenge"}


def test_what_is_there_is_not_told_as_coming():
    commands = make_group("en").commands
    for name, mark in (("README.md", "**Not yet:**"), ("README.vi.md", "**Chưa có:**")):
        coming = "".join(line for line in read(name).split("\n") if line.startswith(mark))
        words = {"erase": r"eras|xóa", "fix": "mend|sửa", "check": "check|kiểm tra"}
        assert not [each for each in commands if re.search(words.get(each, each), coming)]


def test_every_target_says_what_it_does_in_two_languages():
    makefile = read("Makefile")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    for target in set(phony.split()) - {"FORCE"}:
        assert re.search(rf"^{target}:[^#]*## .+ \| .+$", makefile, re.M), target


def test_the_guide_names_every_command_and_option():
    guide = read_guide()
    for name, command in make_group("vi").commands.items():
        assert f"guongsang {name}" in guide, name
        for option in (param for param in command.params if isinstance(param, click.Option)):
            assert option.opts[0] in guide, (name, option.opts[0])


# Where the guide explains the fields of each record: page and heading, or the row of a table.
EXPLAINED = {
    "FrontMatter": ("viet-bai", "## Bước 3."),
    "StoryHonoree": ("viet-bai", "### `honorees`"),
    "StoryPlace": ("dia-danh", "# "),
    "Credit": ("viet-bai", "### `authors`"),
    "StoryPhoto": ("viet-bai", "| `cover`"),
    "SeriesPart": ("viet-bai", "| `series`"),
    "Source": ("viet-bai", "| `sources`"),
    "Verified": ("viet-bai", "| `verified`"),
    "Approved": ("viet-bai", "| `approved`"),
    "Correction": ("viet-bai", "| `corrections`"),
    "Attachment": ("viet-bai", "| `attachments`"),
    "Audio": ("viet-bai", "| `audio`"),
    "Film": ("viet-bai", "| `films`"),
    "Retraction": ("viet-bai", "| `retracted`"),
    "Consent": ("dong-y", "## Chọn căn cứ"),
    "Honoree": ("so-bo", "## Hồ sơ nhân vật"),
    "HonoreePlace": ("so-bo", "## Hồ sơ nhân vật"),
    "Award": ("so-bo", "## Khen thưởng"),
    "AwardKind": ("so-bo", "## Khen thưởng"),
    "Heading": ("so-bo", "## Chuyên mục"),
    "Author": ("so-bo", "## Tác giả"),
    "Series": ("so-bo", "## Tác giả"),
    "Abbreviation": ("so-bo", "## Chữ viết tắt"),
    "Place": ("dia-danh", "# "),
    "Newsroom": ("so-bo", "## `newsroom.yml`"),
    "Contact": ("so-bo", "| `contact`"),
    "PhotoSettings": ("so-bo", "| `photos`"),
    "Security": ("so-bo", "| `security`"),
    "Letterhead": ("so-bo", "| `letterhead`"),
    "Switches": ("so-bo", "| `switches`"),
}
MODELS = list(list_models(*RECORDS.values()))


def find_unexplained(model, text):
    """Return the keys of a record that no code in a text of the guide shows."""
    code = "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", text, re.S | re.M))
    keys = [info.alias or name for name, info in model.model_fields.items()]
    return [key for key in keys if not re.search(rf"(?<![\w-]){key}(?![\w-])", code)]


def read_section(page, start):
    """Return a row of a table, or what stands below a heading up to the next one as high."""
    lines = (GUIDE / f"{page}.md").read_text("utf-8").split("\n")
    (first,) = [number for number, line in enumerate(lines) if line.startswith(start)][:1]
    if start.startswith("|"):
        return lines[first]
    level = len(start.partition(" ")[0])
    is_fenced, found = False, []
    for line in lines[first + 1 :]:
        is_fenced ^= line.startswith("```")
        if not is_fenced and re.match(rf"#{{1,{level}}} ", line):
            break
        found.append(line)
    return "\n".join(found)


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_the_guide_explains_every_field(model):
    """Where it is: EXPLAINED."""
    assert find_unexplained(model, read_section(*EXPLAINED[model.__name__])) == []


def test_a_field_that_comes_is_not_explained_by_chance():
    class Nicknamed(Honoree):
        nickname: str = ""

    text = read_section(*EXPLAINED["Honoree"])
    assert find_unexplained(Nicknamed, text) == ["nickname"]
    assert find_unexplained(Nicknamed, f"{text}\nnickname là biệt danh") == ["nickname"]
    assert find_unexplained(Nicknamed, f"{text}\n| `nickname` | biệt danh |") == []


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
