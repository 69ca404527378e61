"""What publishes by the hour takes up what the run before has made."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
# Ours, and those that a newsroom gets.
SEED = ROOT / "scripts/guongsang/desk/seed"
ON_GITHUB = [*sorted(ROOT.glob(".github/workflows/*.yml")), *sorted(SEED.glob("github/*.yml"))]
ON_GITLAB = [ROOT / ".gitlab-ci.yml", SEED / "gitlab-ci.yml"]
PICTURES = (".avif", ".jpg", ".jpeg")


def load(path):
    return yaml.safe_load(path.read_text("utf-8"))


def find_commands(value):
    """Return the lines of a job's scripts that run our command."""
    lines = value if isinstance(value, list) else str(value).splitlines()
    flat = (each for line in lines for each in (line if isinstance(line, list) else [line]))
    return [line for line in flat if line.startswith("guongsang ")]


def find_github_jobs():
    for path in ON_GITHUB:
        for name, job in load(path)["jobs"].items():
            if any(find_commands(step.get("run", "")) for step in job["steps"]):
                yield pytest.param(job["steps"], id=f"{path.parent.name}-{path.stem}-{name}")


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


def test_only_who_publishes_keeps_a_copy():
    keeping = [path for path in ON_GITHUB if "actions/cache@" in path.read_text("utf-8")]
    assert keeping == [path for path in ON_GITHUB if path.name == "pages.yml"]


@pytest.mark.parametrize("path", [path for path in ON_GITHUB if path.name == "pages.yml"])
def test_one_copy_a_day_is_kept(path):
    steps = load(path)["jobs"]["build"]["steps"]
    (today,) = (step for step in steps if step.get("id") == "today")
    assert today["run"] == 'echo "date=$(date --utc +%F)" >> "$GITHUB_OUTPUT"'
    (cache,) = (step for step in steps if step.get("uses", "").startswith("actions/cache@"))
    assert cache["with"]["key"].endswith("-${{ steps.today.outputs.date }}")


@pytest.mark.parametrize("path", ON_GITLAB)
def test_jobs_on_gitlab_take_the_memory_up_and_only_the_publication_replaces_it(path):
    kept = {}
    for name, job in load(path).items():
        if isinstance(job, dict) and find_commands(job.get("script", [])):
            (memory,) = (each for each in job["cache"] if each["paths"] == [".cache/"])
            kept[name] = memory.pop("policy", "pull-push"), memory
    assert {name: policy for name, (policy, _) in kept.items()} == {
        "check": "pull",
        "pages": "pull-push",
    }
    assert kept["check"][1] == kept["pages"][1]


def list_actions(path):
    """Return the actions that a workflow uses, with their versions."""
    steps = (step for job in load(path)["jobs"].values() for step in job["steps"])
    return {step["uses"] for step in steps if "uses" in step}


def test_a_newsroom_gets_the_actions_that_we_use_and_what_publishes_like_ours():
    ours = {
        action for path in ON_GITHUB if SEED not in path.parents for action in list_actions(path)
    }
    for path in SEED.glob("github/*.yml"):
        assert list_actions(path) <= ours
    pages = [SEED / "github/pages.yml", ROOT / ".github/workflows/pages.yml"]
    builds = [load(path)["jobs"]["build"]["steps"] for path in pages]
    commands = [
        [line for step in steps for line in find_commands(step.get("run", ""))] for steps in builds
    ]
    assert commands[0] == commands[1] != []
    published = [find_commands(load(path)["pages"]["script"]) for path in ON_GITLAB]
    assert published[0] == published[1] != []


@pytest.mark.parametrize("path", [*SEED.glob("github/*.yml"), SEED / "gitlab-ci.yml"])
def test_a_newsroom_installs_what_it_keeps(path):
    text = path.read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert "--no-deps chuong-trinh/guongsang-*.whl" in text
    assert "-e ." not in text


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
def test_a_runner_with_restored_memory_publishes_what_a_clean_build_does(published, edits):
    newsroom = published
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
