"""A heavy library is imported in the room that owns it, and nowhere else."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import guongsang

ROOT = Path(__file__).parent.parent
PACKAGE = Path(guongsang.__file__).parent
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
OWNERS = {
    library: {importer.removeprefix("guongsang.") for importer in contract["allowed_importers"]}
    for contract in LINTER["contracts"]
    if contract["type"] == "protected"
    for library in contract["protected_modules"]
}


def list_rooms(package):
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    return modules | {path.parent.name for path in package.glob("*/__init__.py")}


def add_strangers(package):
    """Let every room, and one that is new, import every library; return the rooms' names."""
    imports = "".join(f"import {library}\n" for library in sorted(OWNERS))
    for room in list_rooms(package):
        folder = package / room
        path = folder / "stranger.py" if folder.is_dir() else folder.with_suffix(".py")
        path.write_text(imports, "utf-8")
    (package / "lobby.py").write_text(imports, "utf-8")
    return list_rooms(package)


def lint(folder):
    """Return who imports which protected library against a contract, as pairs."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    found = re.findall(r"^- guongsang\.(\w+)(?:\.stranger)? -> (\w+) \(l\.", ran.stdout, re.M)
    return set(found)


def test_no_other_room_may_import_a_library_nor_may_a_new_one(tmp_path):
    package = tmp_path / "guongsang"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    rooms = add_strangers(package)
    refused = lint(tmp_path)
    for library, owners in OWNERS.items():
        assert owners <= rooms
        assert {room for room, name in refused if name == library} == rooms - owners, library


def find_imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_library_that_is_imported_has_its_room():
    roots = {name.split(".")[0] for path in PACKAGE.rglob("*.py") for name in find_imports(path)}
    ours = OWNERS.keys() | sys.stdlib_module_names | {"guongsang"}
    assert roots <= ours
    assert OWNERS.keys() <= roots
