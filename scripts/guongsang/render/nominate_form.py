"""The form on which somebody nominates by hand: an A4 sheet that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from guongsang.registers.model import Newsroom
from guongsang.render.qr import draw_qr
from guongsang.render.render import environment
from guongsang.views.model import Question

_TEMPLATE: Final = "nominate-form.html"
_STYLE: Final = Path(__file__).parent.parent / "assets" / "consent-form.css"
# A sheet on a wall is scanned from an arm's length, creased or not.
_LEVEL: Final = "q"


def render_nominate_form(
    newsroom: Newsroom, questions: Sequence[Question], address: str | None
) -> str:
    """Return the HTML of the form; its code leads to the page at the absolute `address`."""
    style = Markup(_STYLE.read_text("utf-8"))  # noqa: S704 - our own file
    qr = Markup(draw_qr(address, _LEVEL, scales=True)) if address else None  # noqa: S704 - made by segno
    template = environment().get_template(_TEMPLATE)
    return template.render(
        newsroom=newsroom, questions=questions, style=style, qr=qr, address=address
    )
