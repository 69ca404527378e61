"""The order of an upload, as values."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guongsang.deploy.plan import Far, plan_deploy

NAMES = st.sampled_from(["a", "b", "anh", "index.html", "tai-nguyen", "x.css", "sw.js"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
TREES = st.dictionaries(PATHS, st.sampled_from(["1", "2"]), max_size=8).map(
    lambda tree: {
        path: digest
        for path, digest in tree.items()
        if not any(other.startswith(f"{path}/") for other in tree)
    }
)


def stages(plan):
    return [[(step.path, step.digest) for step in stage] for stage in plan.stages]


def test_what_a_page_leads_to_is_there_before_it_and_goes_after_it():
    far = Far(
        {
            "index.html": "1",
            "rss.xml": "1",
            "2026/cu/index.html": "1",
            "2026/con/index.html": "1",
            "tai-nguyen/tim.1.bin": "1",
            "tai-nguyen/site.1.css": "1",
            "anh/cu/bia-1.jpg": "1",
        }
    )
    wanted = {
        "index.html": "2",
        "rss.xml": "2",
        "2026/moi/index.html": "1",
        "2026/con/index.html": "2",
        "tai-nguyen/tim.2.bin": "1",
        "tai-nguyen/site.2.css": "1",
        "anh/moi/bia-2.jpg": "1",
    }
    plan = plan_deploy(wanted, far)
    assert stages(plan) == [
        [("2026/moi/", ""), ("anh/moi/", "")],
        [("anh/moi/bia-2.jpg", "1"), ("tai-nguyen/site.2.css", "1"), ("tai-nguyen/tim.2.bin", "1")],
        [("2026/moi/index.html", "1")],
        [("2026/con/index.html", "2")],
        [("index.html", "2"), ("rss.xml", "2")],
        [("2026/cu/index.html", ""), ("anh/cu/bia-1.jpg", ""), ("tai-nguyen/tim.1.bin", "")],
        [("2026/cu/", ""), ("anh/cu/", "")],
    ]
    assert plan.after.late == {"tai-nguyen/site.1.css"}
    assert plan.after.files == {**wanted, "tai-nguyen/site.1.css": "1"}


def test_an_old_style_goes_with_the_next_upload_and_no_earlier():
    first = {"index.html": "1", "tai-nguyen/site.1.css": "1"}
    second = {"index.html": "2", "tai-nguyen/site.2.css": "1"}
    third = {**second, "index.html": "3"}
    far = plan_deploy(second, Far(first)).after
    assert "tai-nguyen/site.1.css" in far.files
    assert not plan_deploy(second, far).stages
    plan = plan_deploy(third, far)
    assert plan.removed == ["tai-nguyen/site.1.css"]
    assert plan.after == Far(third)


def test_what_is_wanted_again_is_late_no_more():
    first = {"index.html": "1", "tai-nguyen/site.1.css": "1"}
    far = plan_deploy({"index.html": "2"}, Far(first)).after
    again = plan_deploy(first, far).after
    assert again == Far(first)


def test_photos_and_parts_of_the_search_get_no_grace():
    far = Far(dict.fromkeys(("anh/a/b-1.jpg", "tai-nguyen/tim.1.bin", "the/a-1.jpg", "x.css"), "1"))
    assert set(plan_deploy({"index.html": "1"}, far).removed) == far.files.keys()


@pytest.mark.parametrize("keep", ["2026/giu", "2026/giu/index.html"])
def test_what_is_kept_is_neither_written_nor_removed(keep):
    far = Far({"2026/giu/index.html": "1", "2026/bo/index.html": "1"})
    plan = plan_deploy({"2026/giu/index.html": "2"}, far, [keep])
    assert plan.removed == ["2026/bo/index.html"]
    assert not plan.added and not plan.changed
    assert plan.after.files == {"2026/giu/index.html": "1"}


def carry_out(plan, there, folders):
    """Do a plan as a file system would: an impossible step raises."""
    for stage in plan.stages:
        for step in stage:
            parent = posixpath.dirname(step.path.rstrip("/"))
            if step.is_made:
                assert step.path.rstrip("/") not in there
                assert not parent or parent in folders
                folders.add(step.path.rstrip("/"))
            elif step.path.endswith("/"):
                inside = [each for each in (*there, *folders) if each.startswith(step.path)]
                if not inside:
                    folders.discard(step.path.rstrip("/"))
            elif step.digest:
                assert not parent or parent in folders, step
                assert step.path not in folders, step
                there[step.path] = step.digest
            else:
                there.pop(step.path, None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TREES, TREES, st.data())
def test_any_site_becomes_any_other_also_after_a_stop(before, wanted, data):
    """Files take the place of folders and folders that of files; nothing empty is left."""
    first = plan_deploy(before, Far())
    there, folders = {}, set()
    carry_out(first, there, folders)
    assert there == before
    plan = plan_deploy(wanted, first.after)
    work = list(plan.list_work())
    done = data.draw(st.integers(0, len(work)))
    files = dict(first.after.files)
    for step in work[:done]:
        files[step.path] = step.digest
        if not step.digest:
            del files[step.path]
    doubted = frozenset(step.path for step in work[done:])
    again = plan_deploy(wanted, Far(files, first.after.late, doubted))
    for each in (plan, again):
        now, dirs = dict(there), set(folders)
        if each is again:
            # What the stopped run did for sure, in its order.
            count = 0
            for stage in plan.stages:
                steps = [step for step in stage if step.is_made or (count := count + 1) <= done]
                carry_out(type(plan)([steps], plan.after, (), (), ()), now, dirs)
                if count >= done:
                    break
        carry_out(each, now, dirs)
        late = {path: digest for path, digest in now.items() if path in each.after.late}
        assert now == {**late, **wanted}
        assert dirs == {
            path[:at] for path in now for at, letter in enumerate(path) if letter == "/"
        }
