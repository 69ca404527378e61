"""What publishes by the hour takes up what the run before has made."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PICTURES = (".avif", ".jpg", ".jpeg")


def load(name):
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def find_commands(value):
    """Return the lines of a job's scripts that run our command."""
    lines = value if isinstance(value, list) else str(value).splitlines()
    flat = (each for line in lines for each in (line if isinstance(line, list) else [line]))
    return [line for line in flat if line.startswith("guongsang ")]


def find_github_jobs():
    for path in sorted(ROOT.glob(".github/workflows/*.yml")):
        for name, job in load(path)["jobs"].items():
            if any(find_commands(step.get("run", "")) for step in job["steps"]):
                yield pytest.param(job["steps"], id=f"{path.stem}-{name}")


@pytest.mark.parametrize("steps", list(find_github_jobs()))
def test_a_job_on_github_begins_with_the_newest_memory(steps):
    (cache,) = (step for step in steps if step.get("uses", "").startswith("actions/cache"))
    wanted = cache["with"]
    assert wanted["path"] == ".cache"
    first = next(step for step in steps if find_commands(step.get("run", "")))
    assert steps.index(cache) < steps.index(first)
    # Any day's copy will do: what is asked for last is the beginning of all their names.
    newest = wanted.get("restore-keys", wanted["key"])
    assert newest.endswith("-")
    assert wanted["key"].startswith(newest)


def test_one_copy_a_day_is_kept_by_who_publishes_and_by_nobody_else():
    texts = {path.name: path.read_text("utf-8") for path in ROOT.glob(".github/workflows/*.yml")}
    assert [name for name, text in texts.items() if "actions/cache@" in text] == ["pages.yml"]
    steps = load(".github/workflows/pages.yml")["jobs"]["build"]["steps"]
    (today,) = (step for step in steps if step.get("id") == "today")
    assert today["run"] == 'echo "date=$(date --utc +%F)" >> "$GITHUB_OUTPUT"'
    (cache,) = (step for step in steps if step.get("uses", "").startswith("actions/cache@"))
    assert cache["with"]["key"].endswith("-${{ steps.today.outputs.date }}")


def test_jobs_on_gitlab_take_the_memory_up_and_only_the_publication_replaces_it():
    kept = {}
    for name, job in load(".gitlab-ci.yml").items():
        if isinstance(job, dict) and find_commands(job.get("script", [])):
            (memory,) = (each for each in job["cache"] if each["paths"] == [".cache/"])
            kept[name] = memory.pop("policy", "pull-push"), memory
    assert {name: policy for name, (policy, _) in kept.items()} == {
        "check": "pull",
        "pages": "pull-push",
    }
    assert kept["check"][1] == kept["pages"][1]


def restore(newsroom):
    """Bring a newsroom to where a runner begins: other times and inodes, memory, no site."""
    old = newsroom.root.with_name("before")
    newsroom.root.rename(old)
    ignored = shutil.ignore_patterns("site", "public")
    shutil.copytree(old, newsroom.root, ignore=ignored, copy_function=shutil.copyfile)
    for path in newsroom.root.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    shutil.rmtree(old)


def count_pictures(newsroom):
    """Return when each picture in the memory was made."""
    files = (newsroom.cache / "guongsang/photos").rglob("*")
    return {path.name: path.stat().st_mtime_ns for path in files if path.suffix in PICTURES}


@pytest.mark.parametrize(
    "edits",
    [
        [],
        [("nguoi-giu-lua", "Mở bài về bếp lửa.", "Mở bài về bếp than.")],
        [
            ("nguoi-giu-lua", "title: Người giữ lửa", "title: Người giữ nếp"),
            ("docs/gioi-thieu.md", "Không phải tòa soạn thật.", "Chỉ để thử."),
        ],
    ],
    ids=["nothing", "a word", "a title and a setting"],
)
def test_a_runner_with_restored_memory_publishes_what_a_clean_build_does(newsroom, edits):
    newsroom.build()
    newsroom.run("photos")
    restore(newsroom)
    for name, old, new in edits:
        newsroom.edit(name, old, new)
    before = count_pictures(newsroom)
    newsroom.build()
    after = count_pictures(newsroom)
    assert newsroom.bytes() == newsroom.clean_bytes()
    assert before.items() <= after.items()
    # Only the card of a new title is made.
    assert len(after.keys() - before.keys()) == any("title" in old for _, old, _ in edits)
