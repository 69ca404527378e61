"""Draw the pictures of the sample stories: cut-paper landscapes, the same bytes every time.

python scripts/draw_covers.py [SLUG ...] [--output FOLDER]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from covers import scenes

DEFAULT_OUTPUT = Path(__file__).resolve().parents[1] / "stories" / "2026"
QUALITY = 88

PICTURES: dict[str, dict[str, Callable[[], Image.Image]]] = {
    "con-chu-len-mu-ca": {"bia.jpg": scenes.draw_mu_ca},
    "chau-lan-khong-can-nguoi-trong": {
        "bia.jpg": scenes.draw_sin_suoi_ho,
        "cho-phien.jpg": scenes.draw_market,
    },
    "nguoi-lien-lac-nho-cua-tuan-giao": {"bia.jpg": scenes.draw_tuan_giao},
    "nguoi-bac-si-cua-benh-xa-duc-pho": {"bia.jpg": scenes.draw_duc_pho},
    "nguoi-chan-nuoi-hai-lan-anh-hung": {"bia.jpg": scenes.draw_ho_giao},
    "ngon-gio-tu-dong-trung-dai-phong": {"bia.jpg": scenes.draw_dai_phong},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures of the stories named, or of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="stories to draw for; default all")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="folder of the stories")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.slugs) - set(PICTURES)):
        parser.error(f"no picture for {', '.join(unknown)}; known: {', '.join(PICTURES)}")
    for slug in options.slugs or PICTURES:
        for name, draw in PICTURES[slug].items():
            target: Path = options.output / slug / name
            target.parent.mkdir(parents=True, exist_ok=True)
            draw().save(target, "JPEG", quality=QUALITY, optimize=True)
            print(f"{target}: {target.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
