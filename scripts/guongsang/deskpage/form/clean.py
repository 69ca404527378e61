"""Text pasted from a web page or from Word, as our Markdown."""

from __future__ import annotations

from http import HTTPStatus

from guongsang.deskpage.asked import RefusedError
from guongsang.intake.letters import mend_letters
from guongsang.intake.manuscript import Picture, UnreadableError
from guongsang.intake.markdown import render_markdown
from guongsang.intake.markup import read_html


def clean_html(html: str) -> tuple[str, list[str]]:
    """Return the Markdown of pasted HTML, and where something could not come along.

    Pictures do not: whoever pastes them adds them as photos. Raises RefusedError.
    """
    try:
        manuscript = mend_letters(read_html(html))
    except UnreadableError:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-paste") from None
    lost = [loss.where for loss in manuscript.losses]
    return render_markdown(manuscript.blocks, manuscript.notes, _no_picture), lost


def _no_picture(_: Picture) -> str | None:
    return None
