"""“Make your own newsroom”: the commands of both READMEs, word for word, end well."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from tests.conftest import NOW

from guongsang.cli.main import main

ROOT = Path(__file__).parent.parent.parent
HEADING = {"README.md": "## Make your own newsroom", "README.vi.md": "## Lập tòa soạn của bạn"}


def list_commands(name):
    section = (ROOT / name).read_text("utf-8").partition(HEADING[name])[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.strip().split("\n")]


@pytest.mark.parametrize("name", HEADING)
def test_they_make_a_newsroom_and_say_what_is_left(
    tmp_path, monkeypatch, capsys, built, lend_cache, name
):
    (tmp_path / "source").mkdir()
    monkeypatch.chdir(tmp_path / "source")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    codes = []
    for program, *arguments in list_commands(name):
        if program == "cd":
            os.chdir(arguments[0])
            lend_cache(built.root, Path.cwd())
        else:
            assert program == "guongsang"
            # Who answers no question says at least which province it is.
            more = ["--province", "dien-bien"] if arguments[0] == "init" else []
            codes.append(main([*arguments, *more]))
    assert codes == [0, 0, 1]
    assert Path("site/index.html").is_file()
    assert set(re.findall("GS[0-9]{3}", capsys.readouterr().out)) == {"GS808", "GS832"}
