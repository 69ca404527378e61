"""The form that somebody signs before they are named or shown: an A4 sheet that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from guongsang.registers.model import Newsroom
from guongsang.render.render import environment

_TEMPLATE = "consent-form.html"
_STYLE = Path(__file__).parent.parent / "assets" / "consent-form.css"


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """One sheet. `record` is its number; of a child the guardian signs, and from seven the child.

    With `age_unknown` the child's line says from which age. `who` is what the story calls them, for
    whoever makes the form again.
    """

    record: str
    name: str
    born: str
    title: str
    place: str
    year: int
    is_child: bool = False
    child_signs: bool = False
    age_unknown: bool = False
    who: str = ""


def render_consent_forms(forms: Sequence[ConsentForm], newsroom: Newsroom) -> str:
    """Return the HTML of forms, a sheet each; nothing is loaded from anywhere."""
    style = Markup(_STYLE.read_text("utf-8"))  # noqa: S704 - our own file
    template = environment().get_template(_TEMPLATE)
    return template.render(forms=forms, newsroom=newsroom, style=style)
