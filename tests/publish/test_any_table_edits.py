"""After any sequence of edits the table publishes what it does from nothing, and finds what checks
find."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.conftest import Ran, digests
from tests.publish.test_any_edits import CUSTOM_DIR, FOOTER, LONG, STEPS, Edits

from guongsang.pages.shell import CONTENT, HEAD, TITLE, split_shell
from guongsang.pipeline.check import check_project
from guongsang.site.project import Project
from guongsang.problems.problem import has_errors
from guongsang.publish.manifest import load_manifest
from guongsang.publish.scratch import make_scratch
from guongsang.site.update import Update, name_site, open_store
from guongsang.text.dates import VIETNAM

PUBLISHER = {
    "site_url": "https://guong.example/",
    "name": "Gương",
    "agency": "Tòa soạn",
    "email": None,
    "licensed": False,
    "description": "Gương sáng",
}


class PlainTheme:
    """A theme of three lines."""

    def prove_shell(self, outputs):
        assert list(outputs)
        return split_shell(f"<title>{TITLE}</title>{HEAD}<body>{CONTENT}</body>")

    def render(self, output):
        raise AssertionError(output.url)


@dataclass
class Answered:
    """A newsroom that is published by the table alone."""

    root: Path
    workers: int = 1

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    def path(self, slug):
        (found,) = self.root.glob(f"stories/*/{slug}/index.md")
        return found

    def build(self, *options, now):
        assert self.run("build", *options, now=now).code == 0

    def run(self, command, *_options, now):
        problems = self.update(self.site, now, is_build=command == "build")
        return Ran(int(has_errors(problems)), "", "")

    def bytes(self):
        return digests(self.site)

    def clean_bytes(self, now):
        """Publish elsewhere, knowing nothing; compare problems with those of the checks."""
        clean = Answered(self.root.with_name(f"{self.root.name}-clean"), self.workers)
        shutil.rmtree(clean.root, ignore_errors=True)
        kept = shutil.ignore_patterns("site", "state.db*", "published-*", "search", "*.bin")
        shutil.copytree(self.root, clean.root, ignore=kept)
        problems = clean.update(clean.site, now, is_build=True)
        assert problems == check_project(clean.open(now)).problems
        assert problems == self.update(self.site, now, is_build=False)
        shown = clean.bytes()
        shutil.rmtree(clean.root)
        return shown

    def open(self, now):
        at = dt.datetime.fromtimestamp(int(now), VIETNAM)
        return Project(self.root, self.root / "docs", at, workers=self.workers)

    def update(self, site_dir, now, *, is_build):
        project = self.open(now)
        lines = (self.root / "mkdocs.yml").read_text("utf-8").splitlines()
        (site_url,) = (each[10:] for each in lines if each.startswith("site_url: "))
        setting = {"site_url": site_url, "inline_scripts": []}
        with open_store(project) as store:
            update = Update(project, store, name_site(project, site_dir), self.workers)
            found = update.check()
            if not is_build or has_errors(found.problems):
                update.keep()
                return found.problems
            update.plan(setting, site_url)
            manifest = load_manifest(project.cache_dir, site_dir)
            scratch = make_scratch(site_dir)
            update.begin(manifest, site_dir, scratch)
            update.put_theme(
                {"shared": "", "targets": [], "is_plain": True, "publisher": PUBLISHER}
            )
            assert update.make_pictures(None) == []
            update.make(PlainTheme())
            assert update.find_collisions() == []
            update.put_said([])
            update.publish(manifest, site_dir, scratch)
            assert update.unkept == ""
            shutil.rmtree(scratch, ignore_errors=True)
            return found.problems


class TableEdits(Edits):
    build_with_little_room = override_template = None


@pytest.mark.long
@pytest.mark.parametrize("number", range(8) if LONG else [1])
def test_any_edits_of_the_table(make_edited, lend_cache, built, make_story, number):
    steps, started = [], []
    steps_wanted = STEPS if LONG else STEPS // 2

    def make():
        started.append(number)
        edited = make_edited()
        edited.texts["mkdocs.yml"] = edited.texts["mkdocs.yml"].replace(CUSTOM_DIR, "")
        del edited.texts[FOOTER]
        edited.write()
        lend_cache(built.root, edited.root)
        newsroom = Answered(edited.root, workers=1 + number % 2)
        first = len(started) == 1
        return TableEdits(edited, newsroom, make_story, steps, number=number, is_simplest=first)

    run_state_machine_as_test(
        seed(number)(make),
        settings=settings(
            max_examples=1,
            stateful_step_count=steps_wanted,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(steps) >= steps_wanted
