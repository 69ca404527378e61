"""A small build in a process of its own: texts become pages in a folder, or the process dies."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from pathlib import Path

from guongsang.engine.run import Run
from guongsang.engine.table import GONE, Input, Part, Query, Split, Table
from guongsang.state.store import use_store

PER_SHEET = 5


def make_table(staging: Path) -> Table:
    def count(ask, key):
        return len(ask("text", key).split())

    def index(ask, _):
        counts = ask.all("count")
        order = sorted(counts, key=lambda key: (counts[key], key))
        sheets = {
            str(at // PER_SHEET): order[at : at + PER_SHEET] for at in range(0, len(order), 5)
        }
        return Split(
            len(order), {"sheet": sheets, "place": {key: n for n, key in enumerate(order)}}
        )

    def stage(name, content):
        (staging / name).write_text(content)
        return content

    def page(ask, key):
        return stage(f"{key}.html", f"{ask('text', key)} | {ask('place', key)} of {ask('index')}")

    def sheet(ask, key):
        return stage(f"sheet-{key}.html", " ".join(ask("sheet", key)))

    parts = (Part("sheet"), Part("place"))
    return Table(
        [
            Input("text"),
            Query("count", count, each="text"),
            Query("index", index, parts=parts),
            Query("page", page, each="text", is_output=True),
            Query("sheetpage", sheet, each="sheet", is_output=True),
        ]
    )


def expect(texts: dict[str, str]) -> dict[str, str]:
    order = sorted(texts, key=lambda key: (len(texts[key].split()), key))
    pages = {f"{key}.html": f"{texts[key]} | {order.index(key)} of {len(order)}" for key in texts}
    for at in range(0, len(order), PER_SHEET):
        pages[f"sheet-{at // PER_SHEET}.html"] = " ".join(order[at : at + PER_SHEET])
    return pages


def build(root: Path) -> int:
    """Build what stands in texts.json; return how many answers were made."""
    texts = json.loads((root / "texts.json").read_text())
    staging, site = root / "staging", root / "site"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    site.mkdir(exist_ok=True)

    def work(store):
        run = Run(make_table(staging), store)
        run.put("text", dict.fromkeys(texts), texts.get)
        if store.is_blank:
            names = [path.stem for path in site.iterdir()]
            run.doubt("page", [name for name in names if not name.startswith("sheet-")])
            run.doubt("sheetpage", [name[6:] for name in names if name.startswith("sheet-")])
        run.visit()
        with run.publishing() as changes:
            for kind, prefix in (("page", ""), ("sheetpage", "sheet-")):
                for key, value in changes[kind].items():
                    name = f"{prefix}{key}.html"
                    if value is GONE:
                        (site / name).unlink(missing_ok=True)
                    else:
                        (staging / name).replace(site / name)
        return sum(run.made.values())

    return use_store(root / ".cache" / "answers.db", "1", work)


def main() -> None:
    """Arguments: folder, and the length of a file that kills who writes past it."""
    if len(sys.argv) > 2:
        import resource  # noqa: PLC0415 - not on Windows, where nobody asks for this

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        most = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    print("begun", flush=True)
    print(build(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
