"""Draw the pictures of the sample stories: cut-paper landscapes, the same bytes every time.

python scripts/draw_covers.py [YEAR/SLUG ...] [--output FOLDER]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from covers import frontier, lives, rice, scenes

DEFAULT_OUTPUT = Path(__file__).resolve().parents[1] / "stories"
QUALITY = 88

PICTURES: dict[str, dict[str, Callable[[], Image.Image]]] = {
    "2026/con-chu-len-mu-ca": {"bia.jpg": scenes.draw_mu_ca},
    "2026/chau-lan-khong-can-nguoi-trong": {
        "bia.jpg": scenes.draw_sin_suoi_ho,
        "cho-phien.jpg": scenes.draw_market,
    },
    "2026/nguoi-lien-lac-nho-cua-tuan-giao": {"bia.jpg": scenes.draw_tuan_giao},
    "2026/nguoi-bac-si-cua-benh-xa-duc-pho": {"bia.jpg": scenes.draw_duc_pho},
    "2026/nguoi-chan-nuoi-hai-lan-anh-hung": {"bia.jpg": scenes.draw_ho_giao},
    "2026/ngon-gio-tu-dong-trung-dai-phong": {"bia.jpg": scenes.draw_dai_phong},
    "2025/nguoi-viet-chu-bang-chan": {"bia.jpg": lives.draw_hai_hau},
    "2025/nam-nghin-luong-vang-pho-hang-ngang": {"bia.jpg": lives.draw_hang_ngang},
    "2025/tieng-xam-ha-thi-cau": {"bia.jpg": lives.draw_yen_mo},
    "2025/muoi-co-gai-giu-cau-ta-vai": {
        "bia.jpg": frontier.draw_ta_vai,
        "dong-ruong.jpg": frontier.draw_yen_chau_fields,
    },
    "2026/ngon-lua-leng-su-sin": {"bia.jpg": frontier.draw_leng_su_sin},
    "2026/nhung-nep-nha-o-pa-u": {"bia.jpg": frontier.draw_pa_u},
    "2026/hat-gao-cua-ba-ba-thi": {
        "bia.jpg": lives.draw_mekong,
        "lua-chin.jpg": rice.draw_paddy,
        "xuong-gao.jpg": rice.draw_rice_boat,
        "cua-hang-gao.jpg": rice.draw_rice_shop,
    },
    "2026/nguoi-thay-thuoc-di-tim-con-muoi": {"bia.jpg": lives.draw_truong_son},
    "2026/em-ngoc-ben-song-yen": {"bia.jpg": lives.draw_song_yen},
    "2026/nguoi-di-theo-tieng-chim": {
        "bia.jpg": lives.draw_ke_go,
        "dan-seu.jpg": lives.draw_cranes,
        "rung-trong-lai.jpg": lives.draw_replanting,
    },
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures of the stories named, or of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("slugs", nargs="*", metavar="YEAR/SLUG", help="stories; default all")
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
