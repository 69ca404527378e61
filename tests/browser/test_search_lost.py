"""The search where files of it are missing, damaged, or of another publication."""

from __future__ import annotations

import json
import shutil
from urllib.parse import quote
from zlib import crc32

import pytest

from guongsang.text.fold import fold

CONTENTS = "tim-kiem/muc-luc.json"
STORIES_2024 = 9  # enough for several shards


@pytest.fixture(scope="module")
def archive(make_archive):
    """Three years of stories, nine in 2024. Read only."""
    return make_archive()


@pytest.fixture(scope="module")
def make_archive(make_shared):
    def make():
        made = make_shared("archive")
        source = made.path("nguoi-giu-lua").read_text("utf-8")
        for number in range(STORIES_2024):
            story = made.root / f"stories/2024/nghe-cu-{number}"
            shutil.copytree(made.root / "stories/2025/nguoi-giu-lua", story)
            text = source.replace("title: Người giữ lửa", f"title: Nghề cũ thứ {number}")
            text = text.replace("date: 2025", "date: 2024")
            text = text.replace("bếp lửa", f"dệt vải {number}")
            (story / "index.md").write_text(text, "utf-8")
        made.build()
        return made

    return make


@pytest.fixture
def copy_site(archive, tmp_path):
    """Make copies of the site to harm."""
    return lambda name: shutil.copytree(archive.site, tmp_path / name)


@pytest.fixture
def site(copy_site):
    return copy_site("harmed")


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    made = context.new_page()
    bugs = []
    made.on("pageerror", lambda error: bugs.append(str(error)))
    yield made
    assert bugs == []
    context.close()


def contents(site):
    return json.loads((site / CONTENTS).read_bytes())


def titles_of(site, year):
    return site / next(each["titles"] for each in contents(site)["years"] if each["year"] == year)


def shard_of(site, tier, words):
    tier = contents(site)["tiers"][tier]
    number = crc32(fold(words).encode()) % len(tier["keys"])
    return site / f"{tier['folder']}{number}.{tier['keys'][number]}.bin"


def search(page, address, words):
    page.goto(f"{address}/tim-kiem/?q={quote(words)}")
    return read(page)


def read(page):
    page.locator("#so-ket-qua:not(:empty)").wait_for()
    return page.locator("#ket-qua .card__title").all_inner_texts()


def note(page):
    return page.locator(".results__note p")


def halve(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


HARMS = {
    "missing": lambda path: path.unlink(),
    "half": halve,
    "empty": lambda path: path.write_bytes(b""),
    "a page of the host": lambda path: path.write_text("<!doctype html><p>Đang bảo trì", "utf-8"),
}
HARMS_OF_DATA = {
    **HARMS,
    "null": lambda path: path.write_text("null"),
    "of another form": lambda path: path.write_text('{"titles": ["A"], "honoree": 3}'),
}
HARMS_OF_SHARDS = {
    **HARMS,
    "one bit": lambda path: path.write_bytes(
        path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 64])
    ),
}


def test_lost_titles_cost_their_year(page, copy_site, serve):
    for name, harm in HARMS_OF_DATA.items():
        site = copy_site(name)
        harm(titles_of(site, "2024"))
        found = search(page, serve(site), "lửa")
        assert found == ["Người giữ lửa"], name
        told = "Chưa tìm được các bài năm 2024: dữ liệu không tải được."
        assert note(page).inner_text() == told, name
        assert "chưa tìm được hết" in page.get_by_role("status").inner_text(), name
        page.locator("#loc summary").click()
        assert page.locator("#nam option").all_inner_texts() == ["Tất cả", "2025 (1)"], name


def test_nothing_is_said_of_a_whole_search(page, site, serve):
    assert search(page, serve(site), "giữ lửa") == ["Người giữ lửa"]
    assert note(page).count() == 0


def test_a_lost_shard_costs_its_words(page, copy_site, serve):
    for name, harm in HARMS_OF_SHARDS.items():
        site = copy_site(name)
        assert shard_of(site, 1, "vải") == shard_of(site, 1, "7") != shard_of(site, 1, "dệt")
        harm(shard_of(site, 1, "dệt"))
        address = serve(site)
        assert search(page, address, "dệt vải 7") == ["Nghề cũ thứ 7"], name
        told = note(page).inner_text()
        assert "một số từ trong nội dung bài năm 2024–2025" in told, name
        # The newest year has its own.
        found = search(page, address, "mở bài")
        assert set(found[:2]) == {"Con chữ lên Mù Cả", "Một giọt máu cho bản"}, name


def test_lost_names_leave_the_stories(page, copy_site, serve):
    for name, harm in HARMS_OF_DATA.items():
        site = copy_site(name)
        harm(site / contents(site)["names"])
        found = search(page, serve(site), "con chữ")
        assert found == ["Con chữ lên Mù Cả"], name
        assert "tên người, tên nơi và các danh mục" in note(page).inner_text(), name
        page.locator("#loc summary").click()
        assert page.locator("#loai option").all_inner_texts() == ["Tất cả"], name
        assert page.locator("#nam option").all_inner_texts() == ["Tất cả", "2026 (1)"], name


def test_without_contents_the_failure_is_told_and_can_be_tried_again(page, copy_site, serve):
    for name, harm in HARMS.items():
        site = copy_site(name)
        kept = (site / CONTENTS).read_bytes()
        harm(site / CONTENTS)
        page.goto(f"{serve(site)}/tim-kiem/?q=chu")
        page.locator("#ket-qua").get_by_text("Không tải được dữ liệu tìm kiếm").wait_for()
        (site / CONTENTS).write_bytes(kept)
        page.get_by_role("button", name="Thử lại").click()
        page.locator(".card__title").first.wait_for()
        assert page.locator(".results__note").count() == 0, name


def test_what_is_there_again_is_found_when_tried_again(page, site, serve):
    lost = titles_of(site, "2026")
    kept = lost.read_bytes()
    halve(lost)
    assert search(page, serve(site), "máu") == []
    lost.write_bytes(kept)
    page.get_by_role("button", name="Thử lại").click()
    page.get_by_text("Một giọt máu cho bản").first.wait_for()
    assert note(page).count() == 0


def test_the_contents_are_asked_for_once_more_and_no_more(page, site, serve):
    titles_of(site, "2025").unlink()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    search(page, serve(site), "máu")
    page.locator("#q").fill("máu cho")
    page.wait_for_url("**q=m%C3%A1u+cho")
    page.get_by_role("status").get_by_text("máu cho").wait_for()
    assert asked.count("muc-luc.json") == 2
    assert sum(name.startswith("bai-2025") for name in asked) == 2


def publish_anew(newsroom, site):
    """Publish an edit of every year, under other names: those of before are gone."""
    for slug in ("con-chu", "nguoi-giu-lua", *(f"nghe-cu-{n}" for n in range(STORIES_2024))):
        newsroom.edit(slug, "---\ntitle: ", "---\ntitle: Mới, ")
        newsroom.edit(slug, "Mở bài", "Đoạn đầu đã khác")
    people = newsroom.root / "stories/registers/honorees/ho-giao.yml"
    people.write_text(people.read_text("utf-8").replace("Hồ Giáo", "Hồ Giáo Mẫu"), "utf-8")
    newsroom.build()
    old = {path.name for path in (site / "tai-nguyen/tim-kiem").iterdir()}
    shutil.rmtree(site)
    shutil.copytree(newsroom.site, site)
    assert not old & {path.name for path in (site / "tai-nguyen/tim-kiem").iterdir()}


def test_a_page_that_was_open_over_a_publication_goes_on(page, make_archive, tmp_path, serve):
    newsroom = make_archive()
    site = shutil.copytree(newsroom.site, tmp_path / "published")
    address = serve(site)
    assert search(page, address, "giữ lửa") == ["Người giữ lửa"]
    publish_anew(newsroom, site)
    page.locator("#q").fill("đoạn đầu đã khác")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("đoạn đầu").wait_for()
    assert "Mới, Người giữ lửa" in page.locator(".card__title").all_inner_texts()
    assert note(page).count() == 0
    # Of one publication with another there is no mixture: names are those of today, too.
    page.locator("#q").fill("hồ giáo mẫu")
    page.keyboard.press("Enter")
    page.locator(".entries__name").get_by_text("Hồ Giáo Mẫu").wait_for()


def test_a_publication_between_contents_and_titles_goes_unnoticed(page, site, serve):
    """The contents of before come from somewhere on the way, their files are gone."""
    old = (site / CONTENTS).read_bytes()
    for year in ("2024", "2025", "2026"):
        path = titles_of(site, year)
        path.rename(path.with_name(path.name.replace(f"bai-{year}.", f"bai-{year}.0")))
    new = old.replace(b"/bai-2024.", b"/bai-2024.0").replace(b"/bai-2025.", b"/bai-2025.0")
    (site / CONTENTS).write_bytes(new.replace(b"/bai-2026.", b"/bai-2026.0"))
    served = []

    def answer(route):
        served.append(route.request.url)
        route.fulfill(body=old) if len(served) == 1 else route.continue_()

    page.route("**/muc-luc.json", answer)
    assert search(page, serve(site), "giọt máu") == ["Một giọt máu cho bản"]
    assert note(page).count() == 0
    assert len(served) == 2


def test_without_a_network_titles_are_still_found(page, site, serve):
    search(page, serve(site), "giữ lửa")
    page.context.set_offline(True)
    page.locator("#q").fill("chữ lên")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("chữ lên").wait_for()
    assert page.locator(".card__title").all_inner_texts() == ["Con chữ lên Mù Cả"]
    # The newest year is so small that its one shard is here already.
    assert "trong nội dung bài năm 2024–2025" in note(page).inner_text()
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").click()
    note(page).wait_for(state="detached")
