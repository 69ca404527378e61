"""Photos: how fast, how small and how alike, against other programs; memory at many photos."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import yaml
from PIL import Image
from tests.bench.generate import EPOCH, Desk, write_newsroom
from tests.bench.measure import Cost, measure, median
from tests.bench.photo_tools import Tool, command_of, find_tools, our_quality, our_tool
from tests.bench.pictures import SIZE, make_contents, write_pictures
from tests.bench.ssim import luma, ssim

from guongsang.photos.plan import Recipe

TOLERANCE: Final = 0.002
_SAMPLE: Final = 3  # pictures that similarity is measured on
_WIDTH: Final = 960  # at this width
_QUALITIES: Final = range(20, 97)
# How many pictures at most: the peers take some ten seconds of CPU for one as AVIF.
_MOST: Final = {"jpg": 48, "avif": 12}
# What a newsroom takes over at once, in the size that git may hold.
_MOST_NEW: Final = 1000
_NEW_SIZE: Final = (2560, 1920)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one program made of the photos in one format."""

    tool: Tool
    suffix: str
    photos: int
    quality: int
    likeness: float
    cost: Cost
    size: int


def run_photos(folder: Path, count: int, runs: int, program: str) -> str:
    """Measure everything and return the tables."""
    sources = write_pictures(folder / "sources", min(count, max(_MOST.values())))
    tools, missing = find_tools(folder)
    rendered = [
        made
        for suffix, most in _MOST.items()
        for made in _compare(folder, suffix, [our_tool(), *tools], sources[:most], runs)
    ]
    shutil.rmtree(folder / "sources")
    parts = [_render_table(rendered, runs)]
    versions = [f"{tool.name}: {tool.version}" for tool in [our_tool(), *tools]]
    parts.append(f"Phiên bản: {'; '.join(versions)}.")
    if missing:
        parts.append(f"Không có trên máy này: {', '.join(missing)}.")
    parts.append(_measure_many(folder / "many", count, program))
    parts.append(_measure_check(folder / "new", min(count, _MOST_NEW), program))
    return "\n\n".join(parts)


def _compare(
    folder: Path, suffix: str, tools: Sequence[Tool], sources: Sequence[Path], runs: int
) -> Iterator[Rendered]:
    """Let every program make files that look alike: ours sets the likeness to reach."""
    sample = sources[:_SAMPLE]
    references = {path.stem: luma(_scale_well(path)) for path in sample}
    wanted = None
    for tool in tools:
        likeness = partial(_measure_likeness, folder, tool, suffix, sample, references)
        if wanted is None:
            quality = our_quality(suffix)
            reached = wanted = likeness(quality)
        else:
            quality, reached = find_quality(likeness, wanted)
        costs = []
        for number in range(runs):
            print_step(f"{tool.name} {suffix} {number + 1}/{runs}")
            out = _empty(folder / "out")
            command = command_of(tool, suffix, quality, out, Recipe().widths, sources)
            costs.append(measure(command, tool.cwd, tool.env))
        size = sum(path.stat().st_size for path in out.glob(f"*.{suffix}"))
        assert len(list(out.glob(f"*.{suffix}"))) == len(sources) * len(Recipe().widths)
        made = Rendered(tool, suffix, len(sources), quality, reached, median(costs), size)
        print_step(_row(made))
        yield made


def find_quality(likeness: Callable[[int], float], wanted: float) -> tuple[int, float]:
    """Return the quality whose likeness is nearest to the wanted one, and that likeness."""
    low, high = _QUALITIES.start, _QUALITIES.stop - 1
    found: dict[int, float] = {}
    while low <= high:
        middle = (low + high) // 2
        found[middle] = likeness(middle)
        if abs(found[middle] - wanted) <= TOLERANCE / 4:
            break
        if found[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    best = min(found, key=lambda quality: abs(found[quality] - wanted))
    return best, found[best]


def _measure_likeness(
    folder: Path,
    tool: Tool,
    suffix: str,
    sample: Sequence[Path],
    references: Mapping[str, object],
    quality: int,
) -> float:
    out = _empty(folder / "likeness")
    measure(command_of(tool, suffix, quality, out, [_WIDTH], sample), tool.cwd, tool.env)
    found = []
    for path in sample:
        with Image.open(out / f"{path.stem}-{_WIDTH}.{suffix}") as image:
            found.append(ssim(luma(image), references[path.stem]))  # type: ignore[arg-type]
    return statistics.mean(found)


def _scale_well(path: Path) -> Image.Image:
    """Return the picture at the measured width: decoded whole, scaled by Lanczos in one step."""
    with Image.open(path) as image:
        return image.resize((_WIDTH, _WIDTH * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)


def _measure_many(root: Path, count: int, program: str) -> str:
    """Run the public command over a newsroom with as many large covers, twice."""
    _write_covers(root, count, SIZE)
    print_step(f"{count} × 12 megapixel")
    env = {"SOURCE_DATE_EPOCH": EPOCH}
    first = measure([program, "photos"], root, env)
    second = measure([program, "photos"], root, env)
    rate = count / first.wall
    return "\n".join(
        [
            f"`guongsang photos` với {count} ảnh bìa 12 megapixel: mỗi ảnh ba bề rộng, hai loại, "
            "ba bản cắt, một thẻ chia sẻ.",
            "",
            "| Lần | Giây | Ảnh/giây | CPU (giây) | Bộ nhớ cao nhất (MB) |",
            "|---|--:|--:|--:|--:|",
            _line("đầu", first.wall, rate, first.cpu, first.memory / 1e6),
            _line("hai", second.wall, count / second.wall, second.cpu, second.memory / 1e6),
        ]
    )


def _measure_check(root: Path, count: int, program: str) -> str:
    """Check a newsroom whose pictures nobody has looked at yet, and once more: one in each story,
    then all of them in one."""
    costs: list[tuple[str, Cost]] = []
    for place, write in (("mỗi bài một ảnh", _write_covers), ("một bài có cả", _write_album)):
        write(root, count, _NEW_SIZE)
        print_step(f"{count} × {_NEW_SIZE[0]} px")
        env = {"SOURCE_DATE_EPOCH": EPOCH}
        costs += [(f"{place}, lần {n}", measure([program, "check"], root, env)) for n in (1, 2)]
        shutil.rmtree(root)
    return "\n".join(
        [
            f"`guongsang check` với {count} ảnh mới rộng {_NEW_SIZE[0]} px, không ảnh nào giống "
            "ảnh nào: mỗi ảnh được giải mã trọn vẹn một lần.",
            "",
            "| Ảnh ở đâu | Giây | Ảnh/giây | CPU (giây) | Bộ nhớ cao nhất (MB) |",
            "|---|--:|--:|--:|--:|",
            *(
                _line(name, cost.wall, count / cost.wall, cost.cpu, cost.memory / 1e6)
                for name, cost in costs
            ),
        ]
    )


def _write_covers(root: Path, count: int, size: tuple[int, int]) -> None:
    """Write a newsroom of as many stories, each with a cover of its own."""
    desk = Desk()
    write_newsroom(root, desk, list(desk.make_stories(count)))
    _use_usual_sizes(root / "stories/registers/newsroom.yml")
    covers = sorted(root.glob("stories/[0-9]*/*/bia.jpg"))
    for cover, content in zip(covers, make_contents(count, size), strict=True):
        cover.unlink()  # a link to one file
        cover.write_bytes(content)


def _write_album(root: Path, count: int, size: tuple[int, int]) -> None:
    """Write a newsroom of one story with as many pictures besides its cover."""
    desk = Desk()
    write_newsroom(root, desk, list(desk.make_stories(1)))
    (story,) = root.glob("stories/[0-9]*/*/index.md")
    names = [f"anh-{number}.jpg" for number in range(count)]
    front, _, body = story.read_text("utf-8").partition("\n---\n")
    listed = "\n".join(f"  - {{src: {name}, alt: Ảnh}}" for name in names)
    story.write_text(f"{front}\nphotos:\n{listed}\n---\n{body}", "utf-8")
    for name, content in zip(names, make_contents(count, size), strict=True):
        story.with_name(name).write_bytes(content)


def _use_usual_sizes(settings: Path) -> None:
    """Leave out the small sizes of the other steps, so that those of a newsroom are made."""
    told = yaml.safe_load(settings.read_text("utf-8"))
    told.pop("photos", None)
    settings.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")


def _render_table(rendered: Sequence[Rendered], runs: int) -> str:
    lines = [
        f"Ảnh 12 megapixel (JPEG), mỗi ảnh ba bề rộng {Recipe().widths}; trung vị của "
        f"{runs} lần. Chất lượng của từng chương trình được dò để SSIM ở {_WIDTH} px bằng nhau "
        f"(± {str(TOLERANCE).replace('.', ',')}), so với bản thu nhỏ kỹ.",
        "",
        "| Loại | Ảnh | Chương trình | Ảnh/giây | CPU mỗi ảnh (giây) | KB mỗi ảnh | SSIM "
        "| Chất lượng | Bộ nhớ (MB) |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [_row(made) for made in rendered]
    return "\n".join(lines)


def _row(made: Rendered) -> str:
    numbers = [
        _decimal(made.photos / made.cost.wall, 1),
        _decimal(made.cost.cpu / made.photos, 3),
        _decimal(made.size / made.photos / 1000, 0),
        _decimal(made.likeness, 4),
        str(made.quality),
        _decimal(made.cost.memory / 1e6, 0),
    ]
    return f"| {made.suffix.upper()} | {made.photos} | {made.tool.name} | {' | '.join(numbers)} |"


def _line(name: str, *numbers: float) -> str:
    return f"| {name} | {' | '.join(_decimal(number, 1) for number in numbers)} |"


def _decimal(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def print_step(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)
