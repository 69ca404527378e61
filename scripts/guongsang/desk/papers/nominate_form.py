"""The form of nomination to be printed, among what else was made for paper."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from guongsang.addresses import NOMINATE
from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.desk.papers.printed import FOLDER, find_way_out
from guongsang.desk.refuse import RefusedError
from guongsang.desk.write import write_text
from guongsang.pages.nominate import QUESTIONS
from guongsang.registers.model import Newsroom
from guongsang.render.nominate_form import render_nominate_form

FORM: Final = f"{FOLDER}/phieu-gioi-thieu.html"


def find_page(newsroom: Newsroom, site_url: str | None) -> str | None:
    """Return the address of the site's page of nominations; None where readers do not find it."""
    is_there = site_url is not None and urlsplit(site_url).hostname != BLANK_HOST
    return f"{site_url}{NOMINATE}" if is_there and newsroom.switches.nominate else None


def write_form(root: Path, newsroom: Newsroom, address: str | None) -> Path:
    """Write the form and return its file; `address` is that of the page, None where there is none.

    Raises OSError, and RefusedError ("outside") for a link that leads out of the newsroom.
    """
    if path := find_way_out(root):
        raise RefusedError("outside", path=path)
    (root / FOLDER).mkdir(exist_ok=True)
    write_text(root / FORM, render_nominate_form(newsroom, QUESTIONS, address))
    return root / FORM
