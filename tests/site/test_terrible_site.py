"""A terrible site: everything that can be wrong with files of a newsroom, each at its place.

What needs pictures, odd bytes or git is made here; all else lies in `tests/sites/terrible`, with
the list of all that is wrong. Together with the two terrible stories and the broken sites it shows
every rule of the table.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from tests.site.test_broken_sites import MACHINES
from tests.site.test_broken_sites import NAMES as BROKEN
from tests.site.test_terrible import EXPECTED as STORIES

from guongsang.problems.rules import rule_table

SITE = Path(__file__).parent.parent / "sites/terrible"
STORY = "stories/2026/{}/index.md"
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d" * 32 + "\nsize 12345\n"
# Other commands than `check` find these: `photos` and `erase`.
OTHERS = {"GS420", "GS522"}


def write_odd_stories(root, front):
    """Write what editors and git would not leave alone, were it a file of ours."""
    odd = {
        "gs101": "---\n".encode("utf-16"),
        "gs103": f"{front}{'a' * 1_100_000}".encode(),
        "gs124": f"{front.replace('Con chữ', 'Con chữ' + chr(1))}Một.\n".encode(),
        "gs135": f"{front}Một.\n\n{'<' * 7} HEAD\nHai.\n{'=' * 7}\nBa.\n{'>' * 7} sua\n".encode(),
        "gs139": f"{front}Chữ a{chr(0x323) * 20}{chr(0x301) * 20} lạ.\n".encode(),
    }
    for name, content in odd.items():
        path = root / STORY.format(name)
        path.parent.mkdir()
        path.write_bytes(content)


def draw_odd_pictures(folder, draw_photo):
    draw = {name: folder / name for name in ("rong.jpg", "hai.jpg", "khac.jpg", "nho.jpg")}
    draw_photo(draw["rong.jpg"], 2700, 900)
    draw_photo(draw["hai.jpg"])
    draw_photo(draw["khac.jpg"])
    draw_photo(draw["nho.jpg"], 480, 360)
    draw_photo(folder / "KHAC.jpg")
    draw_photo(folder / "Hoa.JPG")
    draw_photo(folder / "12:30 chợ.jpg")
    draw_photo(folder / "bia-2.jpg")
    shutil.copy(draw["hai.jpg"], folder / "giong.jpg")
    (folder / "hong.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    Image.new("1", (12_000, 6_000)).save(folder / "lon.png")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 30.0, 1.0)})
    draw_photo(folder / "noi-chup.jpg", exif=exif)
    first, second = (Image.new("RGB", (1600, 1000), tint) for tint in ("red", "blue"))
    first.save(folder / "dong.webp", save_all=True, append_images=[second])
    first.save(folder / "sai-duoi.jpg", "PNG")
    first.save(folder / "cu.gif")
    (folder / "trong.jpg").touch()
    Image.new("RGB", (1080, 2340)).save(folder / "man-hinh.png")
    scene = Image.linear_gradient("L").resize((1600, 1000)).convert("RGB")
    scene.paste("red", (400, 250, 800, 500))
    scene.save(folder / "nen.jpg", quality=30)
    (folder / "phieu.jpg").write_text(LFS, "utf-8")


def write_odd_files(root, make_film):
    folder = root / "stories/2026/gs7-tep"
    for name in ("so-do.svg", "quyet-dinh.pdf", "loi-ke.amr", "cau.avi", "bang.xlsx"):
        (folder / name).write_text("A", "utf-8")
    (folder / "suoi.mp4").write_bytes(make_film())
    with (folder / "nang.mp4").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    listed = r"{\rtf1{\info{\author Vang Thi Thu}{\operator Lo Thi La}}A}"
    (folder.parent / "gs5-dong-y/danh-sach.rtf").write_text(listed, "utf-8")
    (folder.parent / "gs5-dong-y/loi-ke.mp3").write_bytes(b"ID3")


def commit(root):
    """Commit a story as it was, about somebody who is in it no more."""
    author = ("-c", "user.name=a", "-c", "user.email=a@example.vn")
    for command in (("init", "-q"), ("add", "stories"), (*author, "commit", "-q", "-m", "a")):
        subprocess.run(("git", "-C", str(root), *command), check=True)


@pytest.fixture
def terrible(newsroom, draw_photo, make_film):
    root = newsroom.root
    for folder in ("2025", "2026"):
        shutil.rmtree(root / f"stories/{folder}")
    shutil.copytree(SITE, root, dirs_exist_ok=True)
    (root / "expected.txt").unlink()
    (root / "stories/registers/series.yml").unlink()
    good = (root / STORY.format("gs706")).read_text("utf-8").partition("> >")[0]
    write_odd_stories(root, good)
    left = root / STORY.format("gs521")
    left.parent.mkdir()
    person = "{kind: person, name: Sùng Thị Rút, consent: {basis: public_event, note: lễ hội}}"
    told = f"{good}Bà Sùng Thị Rút kể.\n"
    left.write_text(told.replace("{id: to-hien-mau}", person), "utf-8")
    commit(root)
    left.write_text(told, "utf-8")
    for path in root.glob("stories/*/*/index.md"):
        if b"src: bia.jpg" in path.read_bytes():
            draw_photo(path.with_name("bia.jpg"))
    draw_photo(root / "stories/2026/gs5-dong-y/suoi.jpg")
    draw_odd_pictures(root / "stories/2026/gs4-anh", draw_photo)
    write_odd_files(root, make_film)
    return newsroom


def test_every_problem_is_found_at_its_place_in_one_run(terrible):
    ran = terrible.run("check", "--format", "json")
    assert ran.code == 1
    found = [
        f"{each['path']}:{each['line']}:{each['column']} {each['rule']}"
        for each in json.loads(ran.out)["problems"]
    ]
    assert found == (SITE / "expected.txt").read_text("utf-8").splitlines()


def test_every_rule_of_the_table_is_seen_in_a_site():
    seen = set(re.findall(r" (GS[0-9]{3})$", (SITE / "expected.txt").read_text("utf-8"), re.M))
    seen |= {rule for told in STORIES.values() for rule in re.findall(r"GS[0-9]{3}", told)}
    seen |= {name.upper() for name in BROKEN}
    assert set(rule_table()) - seen == MACHINES | OTHERS
