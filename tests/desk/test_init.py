"""`guongsang init`: a newsroom that checks, builds, and says what is left to fill in."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from tests.conftest import LENT, NOW, Newsroom

from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.cli.main import main
from guongsang.desk.founding.hosts import HOSTS, WORKFLOWS
from guongsang.desk.founding.init import Wish, plan_content, plan_newsroom
from guongsang.desk.founding.wheel import pack_wheel
from guongsang.registers.gazetteer import list_provinces
from guongsang.site.check import check_newsroom
from guongsang.site.sources.project import Folders
from guongsang.text.dates import VIETNAM

ROOT = Path(__file__).parent.parent.parent
SEED = ROOT / "scripts/guongsang/desk/seed"
DAY = dt.date(2026, 7, 1)


@pytest.fixture(scope="session")
def packed():
    return pack_wheel()


@pytest.fixture
def init(packed, tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; returns exit code and what was said."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    monkeypatch.setattr("guongsang.cli.init.pack_wheel", lambda: packed)

    def run(*arguments):
        code = main(["init", *map(str, arguments)])
        return code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def answer(monkeypatch):
    """Sit at a terminal and type these answers."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", Terminal("".join(f"{x}\n" for x in lines))
    )


def lend(built, root):
    for name in LENT:
        shutil.copytree(built.root / name, root / name)


def read_files(folder):
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def released(newsroom):
    found = json.loads(newsroom.run("check", "--release", "--format", "json").out)["problems"]
    return {(each["path"], each["rule"]) for each in found}


def test_a_newsroom_builds_at_once_and_says_what_a_person_must_fill_in(init, built):
    code, said = init("toa-soan", "--province", "dien-bien", "--no-input")
    assert code == 0 and "Điện Biên" in said
    newsroom = Newsroom(Path("toa-soan").absolute())
    lend(built, newsroom.root)
    newsroom.build()
    home = (newsroom.site / "index.html").read_text("utf-8")
    assert "Gương sáng Điện Biên" in home
    left = {
        ("docs/gioi-thieu.md", "GS832"),
        ("docs/quyen-rieng-tu.md", "GS832"),
        ("mkdocs.yml", "GS832"),
        ("stories", "GS808"),
        ("stories/registers/newsroom.yml", "GS832"),
    }
    assert released(newsroom) == left


def fill_in(root):
    """Do what a person does: put something in each place."""
    for path in (
        *root.glob("docs/*.md"),
        root / "mkdocs.yml",
        *root.glob("stories/registers/*.yml"),
    ):
        text = path.read_text("utf-8").replace(BLANK_HOST, "guong.example")
        path.write_text(re.sub(r"(?<=[ :])…(?=\s)", "đã điền", text), "utf-8")


def test_what_was_filled_in_may_be_published(init, built):
    init("x", "--province", "hue", "--no-input", "--sample")
    newsroom = Newsroom(Path("x").absolute())
    rules = {rule for _, rule in released(newsroom)}
    assert rules == {"GS820", "GS823", "GS832"}
    fill_in(newsroom.root)
    for story in newsroom.root.glob("stories/2026/*/index.md"):
        story.write_text(story.read_text("utf-8").replace("by: …", "by: UBND xã"), "utf-8")
    newsroom.run("fix")
    assert released(newsroom) == set()
    lend(built, newsroom.root)
    newsroom.build("--strict")
    assert len([*newsroom.site.glob("2026/bai-mau-*/index.html")]) == 3


def test_every_option_arrives(init):
    name, agency = 'Gương: "sáng" #1', "Báo {Đắk Lắk}, @tỉnh"
    code, _ = init(
        "x", "--name", name, "--agency", agency, "--province", "Tỉnh Đắk Lắk",
        "--site-url", "https://guong.example/cot", "--host", "github", "--sample",
    )  # fmt: skip
    assert code == 0
    settings = yaml.safe_load(Path("x/mkdocs.yml").read_text("utf-8").replace("!ENV", ""))
    assert settings["site_name"] == name
    assert settings["site_url"] == ["SITE_URL", "https://guong.example/cot/"]
    newsroom = yaml.safe_load(Path("x/stories/registers/newsroom.yml").read_text("utf-8"))
    assert (newsroom["name"], newsroom["agency"]) == (name, agency)
    assert (newsroom["province"], newsroom["feed_authority"]) == ("dak-lak", "guong.example,2026")
    assert {path for path in WORKFLOWS["github"] if Path("x", path).is_file()} == {
        *WORKFLOWS["github"]
    }
    assert not Path("x/.gitlab-ci.yml").exists()
    ran = Newsroom(Path("x").absolute()).run("check")
    assert ran.code == 0, ran.out


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_gets_its_workflows_and_no_other(init, host):
    init("x", "--province", "ca-mau", "--no-input", "--host", host)
    there = {path for files in WORKFLOWS.values() for path in files if Path("x", path).is_file()}
    assert there == {*WORKFLOWS[host]}
    assert len(Path("x/README.md").read_text("utf-8").splitlines()) < 60


@pytest.mark.parametrize("key", list_provinces())
def test_every_province_has_a_newsroom_without_a_problem(tmp_path, key):
    wish = Wish("Gương", "Báo", key, None, "none", sample=True, today=DAY)
    for path, content in plan_content(wish).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    now = dt.datetime.combine(DAY, dt.time(8), VIETNAM)
    folders = Folders(tmp_path / "docs", None, tmp_path / "site")
    checked = check_newsroom(tmp_path, lambda: folders, now=now)
    assert checked.problems == []
    assert checked.stories == 3


def test_a_newsroom_with_samples_builds(init, built):
    """Those of all provinces: `.ci/newsroom`."""
    init("x", "--province", "ha-noi", "--no-input", "--sample")
    newsroom = Newsroom(Path("x").absolute())
    lend(built, newsroom.root)
    newsroom.build("--strict")
    assert (newsroom.site / "dia-phuong/index.html").is_file()


def test_questions_are_asked_until_the_answer_can_be_used(init, answer):
    answer(
        "Điện Bên",
        "dien bien",
        "",
        "Báo Điện Biên Phủ",
        "guong",
        "guong.example",
        "Gitlab",
    )
    code, said = init("x")
    assert code == 0
    assert "Có phải: dien-bien" in said
    assert "“https://guong” không phải địa chỉ trang" in said
    newsroom = yaml.safe_load(Path("x/stories/registers/newsroom.yml").read_text("utf-8"))
    assert newsroom["name"] == "Gương sáng Điện Biên"
    assert newsroom["agency"] == "Báo Điện Biên Phủ"
    assert newsroom["feed_authority"] == "guong.example,2026"
    assert Path("x/.gitlab-ci.yml").is_file()


def test_what_was_typed_is_not_asked(init, answer):
    answer()
    code, said = init(
        "x", "--province", "hue", "--name", "a", "--agency", "b",
        "--site-url", "https://a.example/", "--host", "none", "--lang", "en",
    )  # fmt: skip
    assert code == 0 and "?" not in said


def test_nobody_is_asked_who_sits_at_no_terminal(init):
    assert init("x")[0] == 2
    assert not Path("x").exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--province", "dien-ben"], "dien-bien"),
        (["--province", "xyz"], "ha-noi"),
        (["--province", "hue", "--site-url", "ftp://a.example/"], "ftp://a.example/"),
        (["--province", "hue", "--site-url", "https://a.example/?x=1"], "https://guong-sang.vn/"),
        (["--province", "hue", "--site-url", "https://máy.example/"], "https://guong-sang.vn/"),
        (["--province", "hue", "--name", "a\nb"], "một dòng"),
        (["--province", "hue", "--agency", "  "], "một dòng"),
        ([], "--province"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_written(init, typed, told):
    code, said = init("x", "--no-input", *typed)
    assert code == 2 and told in said
    assert [*Path.cwd().iterdir()] == []


def test_a_folder_that_is_not_empty_is_never_touched(init):
    Path("x").mkdir()
    Path("x/bai.docx").write_bytes(b"x")
    code, said = init("x", "--province", "hue", "--no-input")
    assert code == 2 and "không trống" in said
    assert read_files(Path("x")) == {"bai.docx": b"x"}
    Path("y").write_bytes(b"y")
    assert init("y", "--province", "hue", "--no-input")[0] == 2
    assert Path("y").read_bytes() == b"y"
    Path("z").symlink_to("nowhere")
    assert init("z", "--province", "hue", "--no-input")[0] == 2
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["x", "y", "z"]


def test_an_empty_folder_and_one_that_is_yet_to_be_are_taken(init):
    Path("x").mkdir()
    assert init("x", "--province", "hue", "--no-input")[0] == 0
    assert init("a/b c", "--province", "hue", "--no-input")[0] == 0
    assert Path("a/b c/mkdocs.yml").is_file()
    code, said = init(Path.cwd() / "x/moi/..", "--province", "hue", "--no-input")
    assert code == 2, said


def test_the_folder_one_stands_in_is_left_with_words(init, monkeypatch):
    Path("x").mkdir()
    monkeypatch.chdir("x")
    code, said = init(".", "--province", "hue", "--no-input")
    assert code == 2 and "cd .." in said
    assert Path.cwd().is_dir() and [*Path.cwd().iterdir()] == []


DIE = """
import os, signal, sys
left = int(sys.argv[1])
def die(event, args):
    global left
    if event in ("open", "os.mkdir", "os.rename", "os.rmdir") and "x" in str(args[0]):
        if event == "open" and not int(args[2]) & os.O_CREAT:
            return
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
from guongsang.cli.main import main
import guongsang.cli.init
sys.addaudithook(die)
sys.exit(main(["init", "x", "--province", "hue", "--no-input"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    "writes", [2, *(pytest.param(writes, marks=pytest.mark.long) for writes in (0, 1, 7, 20))]
)
def test_one_that_is_killed_leaves_nothing_half(init, tmp_path, writes):
    ran = subprocess.run([sys.executable, "-c", DIE, str(writes)], check=False, timeout=60)
    assert ran.returncode == -signal.SIGKILL
    assert not Path("x").exists()
    assert init("x", "--province", "hue", "--no-input")[0] == 0
    assert [path.name for path in Path.cwd().iterdir()] == ["x"]


def test_the_same_wish_gives_the_same_files():
    wish = Wish("Gương", "Báo", "hue", None, "github", sample=True, today=DAY)
    wheel = pack_wheel()
    one = plan_newsroom(wish, wheel)
    assert one == plan_newsroom(wish, wheel)
    assert all(not name.startswith("/") and ".." not in name for name in one)


# What the seed has from elsewhere in the repository.


@pytest.mark.parametrize("name", ["awards", "deeds", "fields"])
def test_the_registers_of_law_and_work_are_those_of_the_sample(name):
    ours = (SEED / f"registers/{name}.yml").read_bytes()
    assert ours == (ROOT / f"stories/registers/{name}.yml").read_bytes()


def test_the_settings_are_those_of_the_sample():
    sample = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", "")
    seed = (SEED / "mkdocs.yml").read_text("utf-8").replace("!ENV", "")
    told, wanted = yaml.safe_load(seed), yaml.safe_load(sample)
    for settings in (told, wanted):
        for key in ("site_name", "site_description", "site_url", "exclude_docs"):
            del settings[key]
    assert told == wanted


def read_lock(path):
    """Return the versions and hashes of a lock file by package."""
    text = path.read_text("utf-8")
    blocks = re.findall(
        r"^([a-z0-9][^=\n]*)==(.*(?:\n    --hash=\S+(?: \\)?)+)", text, re.MULTILINE
    )
    return {
        name: (rest.split()[0], frozenset(re.findall(r"--hash=(\S+)", rest)))
        for name, rest in blocks
    }


@pytest.mark.parametrize(
    ("seed", "lock"),
    [
        ("requirements.lock", "requirements.lock"),
        ("requirements-cluster.lock", "requirements-dev.lock"),
        ("requirements-deploy.lock", "requirements-dev.lock"),
        ("requirements-office.lock", "requirements-dev.lock"),
        ("requirements-paper.lock", "requirements-dev.lock"),
    ],
)
def test_the_lock_files_name_the_versions_that_were_tested(seed, lock):
    ours, tested = read_lock(SEED / seed), read_lock(ROOT / lock)
    assert len(ours) > 40
    assert ours.items() <= tested.items()
    assert "://" not in (SEED / seed).read_text("utf-8")


def test_the_lock_files_hold_what_is_needed_and_nothing_to_build_with():
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    plain = read_lock(SEED / "requirements.lock")
    wanted = {Requirement(each).name for each in needed["project"]["dependencies"]}
    assert wanted <= plain.keys()
    libraries = {"cluster": {"distributed"}, "deploy": {"asyncssh", "obstore"}, "paper": {"typst"}}
    assert not plain.keys() & {"hatchling", "editables", "pytest"}.union(*libraries.values())
    for extra, own in libraries.items():
        lock = read_lock(SEED / f"requirements-{extra}.lock")
        others = {"moto", "boto3"}.union(*libraries.values()) - own
        assert plain.items() <= lock.items() and own <= lock.keys() and not lock.keys() & others
