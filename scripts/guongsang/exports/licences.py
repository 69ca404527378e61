"""NOTICE.txt: what the published site holds of others, whose it is, and under which licence.

The texts come from the packages that the site was built with, so they are those of its versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Final, NamedTuple

from guongsang.addresses import NOTICE

_RULE: Final = "=" * 78
_RECORD: Final = "<record>"  # stands for the folder of what an installer notes of a package


class _Part(NamedTuple):
    """What a site holds of a package: what it is, and the files of its licences there."""

    package: str
    about: str
    licences: tuple[str, ...]


_PARTS: Final = (
    _Part(
        "font-source-serif-pro",
        "Guong Sang Serif (tai-nguyen/serif*.woff2): Source Serif Pro of Adobe, cut down to "
        "Vietnamese and Latin and renamed. SIL Open Font License 1.1.",
        ("font_source_serif_pro/files/LICENSE.txt",),
    ),
    _Part(
        "font-source-sans-pro",
        "Guong Sang Sans (tai-nguyen/sans*.woff2): Source Sans Pro of Adobe, cut down to "
        "Vietnamese and Latin and renamed. SIL Open Font License 1.1.",
        ("font_source_sans_pro/files/LICENSE.txt",),
    ),
    _Part(
        "mkdocs-material",
        "Material for MkDocs (assets/, and the frame of pages written by hand). MIT. Its script "
        "holds RxJS (Google, Netflix, Microsoft and contributors; Apache-2.0, "
        "https://www.apache.org/licenses/LICENSE-2.0), tslib (Microsoft; 0BSD), clipboard.js "
        "(Zeno Rocha; MIT), escape-html (TJ Holowaychuk, Andreas Lubbe, Tiancheng Gu; MIT) and "
        "focus-visible (W3C Software and Document License). Its styles hold icons of Material "
        "Design Icons, Font Awesome Free and Octicons.",
        (
            f"{_RECORD}/licenses/LICENSE",
            "material/templates/.icons/material/LICENSE",
            "material/templates/.icons/fontawesome/LICENSE.txt",
            "material/templates/.icons/octicons/LICENSE",
        ),
    ),
)
_INTRO: Final = """\
Trang này được dựng bằng phần mềm Gương Sáng (giấy phép MIT). Bài và ảnh là của tòa soạn.
Dưới đây là những gì trang dùng của người khác, của ai, theo giấy phép nào.

This site was built with Gương Sáng (MIT licence). Texts and pictures belong to the newsroom.
What follows is what the site holds of others, whose it is, and under which licence.
"""


def render_notice() -> dict[str, bytes]:
    """Return the file by its address. Raises OSError where a package came without its licence."""
    return {NOTICE: "\n".join([_INTRO, *_render_parts()]).encode()}


def _render_parts() -> Iterator[str]:
    from importlib.metadata import distribution  # noqa: PLC0415 - slow, and seldom needed

    for part in _PARTS:
        package = distribution(part.package)
        record = f"{part.package.replace('-', '_')}-{package.version}.dist-info"
        about = fill(
            f"{part.about} ({part.package} {package.version})",
            width=len(_RULE),
            break_on_hyphens=False,
        )
        yield f"{_RULE}\n{about}\n{_RULE}\n"
        for name in part.licences:
            path = Path(str(package.locate_file(name.replace(_RECORD, record))))
            yield f"{path.read_text('utf-8').strip()}\n"
