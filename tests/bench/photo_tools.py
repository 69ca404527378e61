"""The programs that scale photos: ours, libvips' command, eleventy-img with sharp."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import features
from tests.bench.generate import REPOSITORY

from guongsang.photos.plan import Recipe

_HERE: Final = Path(__file__).parent
_CORES: Final = str(os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that writes `<out>/<name>-<width>.<format>`; it runs in `cwd`.

    `command` stands before format, quality, out, widths and sources.
    """

    name: str
    version: str
    command: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)


def our_quality(suffix: str) -> int:
    """Return the quality that newsrooms get."""
    return Recipe().jpeg_quality if suffix == "jpg" else Recipe().avif_quality


def our_tool() -> Tool:
    versions = ", ".join(
        f"{name} {features.version(name)}" for name in ("pil", "libjpeg_turbo", "avif")
    )
    command = (sys.executable, "-m", "tests.bench.photo_run")
    return Tool("Gương Sáng", versions.replace("pil", "Pillow"), command, REPOSITORY)


def find_tools(folder: Path) -> tuple[list[Tool], list[str]]:
    """Return the peers on this machine, and what is missing; npm installs into `folder`."""
    found, missing = [], []
    for name, find in (("vipsthumbnail", _find_vips), ("eleventy-img", _find_eleventy)):
        tool = find(folder)
        if tool is None:
            missing.append(name)
        else:
            found.append(tool)
    return found, missing


def _find_vips(folder: Path) -> Tool | None:
    """Return libvips' command, one process a core, each with one thread: the quickest way.

    It makes one width a run.
    """
    program = shutil.which("vipsthumbnail")
    if program is None:
        return None
    told = subprocess.run([program, "--vips-version"], capture_output=True, text=True, check=True)
    number = re.search(r"[0-9]+\.[0-9]+\.[0-9]+", told.stdout)
    script = folder / "vips.sh"
    script.write_text(
        "#!/bin/sh\nset -e\nformat=$1 quality=$2 out=$3 widths=$4; shift 4\n"
        'if [ "$format" = jpg ]; then more=optimize-coding,interlace,subsample-mode=on\n'
        "else more=compression=av1; fi\n"
        'for width in $(echo "$widths" | tr , " "); do\n'
        f'  printf "%s\\0" "$@" | xargs -0 -P {_CORES} -n 8 {program} --size "${{width}}x" \\\n'
        '    -o "$out/%s-$width.$format[Q=$quality,strip,$more]"\n'
        "done\n"
    )
    version = f"libvips {number[0] if number else told.stdout.strip()}"
    return Tool("vipsthumbnail", version, ("sh", str(script)), folder, {"VIPS_CONCURRENCY": "1"})


def _find_eleventy(folder: Path) -> Tool | None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None
    home = folder / "eleventy"
    home.mkdir()
    install = [npm, "install", "--no-audit", "--no-fund", "--silent", "@11ty/eleventy-img"]
    if subprocess.run(install, cwd=home, capture_output=True, check=False).returncode != 0:
        return None
    shutil.copyfile(_HERE / "eleventy.cjs", home / "eleventy.cjs")
    versions = ", ".join(
        f"{name} {_package_version(home, name)}" for name in ("@11ty/eleventy-img", "sharp")
    )
    return Tool("eleventy-img", versions, (node, str(home / "eleventy.cjs")), home)


def _package_version(home: Path, name: str) -> str:
    told = json.loads((home / "node_modules" / name / "package.json").read_text("utf-8"))
    return str(told["version"])


def command_of(
    tool: Tool, suffix: str, quality: int, out: Path, widths: Sequence[int], sources: Sequence[Path]
) -> list[str]:
    joined = ",".join(map(str, widths))
    return [*tool.command, suffix, str(quality), str(out), joined, *map(str, sources)]
