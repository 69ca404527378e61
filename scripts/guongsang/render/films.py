"""Films that stand beside a story, as its page and its feeds show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from guongsang.addresses import film_uri
from guongsang.prose.model import FilmUse
from guongsang.render.render import asset_url
from guongsang.stories.model import FILM_TYPES, Film, Story
from guongsang.views.absolute import absolute_url, name_film
from guongsang.views.model import Figure, FilmView
from guongsang.views.pictures import CARD_WIDTH

# The shape of a film whose own is not known: nothing moves when it is.
_WIDTH: Final = 1280
_HEIGHT: Final = 720


def view_films(
    story: Story, uses: tuple[FilmUse, ...], figures: Mapping[str, Figure], site_url: str
) -> tuple[FilmView | None, ...]:
    """Return the films that stand in a story's text; None for those that are not listed."""
    listed = {film.src: film for film in story.front.films}
    return tuple(
        _view_film(story, use, listed[use.src], figures, site_url) if use.src in listed else None
        for use in uses
    )


def _view_film(
    story: Story, use: FilmUse, film: Film, figures: Mapping[str, Figure], site_url: str
) -> FilmView:
    figure = figures.get(use.poster) if use.poster else None
    picture = figure.picture if figure else None
    uri = quote(film_uri(story.slug, film.src))
    poster = None
    if picture is not None:
        fitting = [each for each in picture.jpeg if each.width <= CARD_WIDTH]
        poster = (fitting or picture.jpeg)[-1 if fitting else 0].uri
    return FilmView(
        title=name_film(use, picture.alt if picture else None),
        shown=use.shown,
        length=use.length,
        uri=uri,
        mime=FILM_TYPES.get(film.src.rpartition(".")[2].lower(), "video/mp4"),
        poster=poster,
        screen=poster or asset_url("film.svg"),
        width=picture.width if picture else _WIDTH,
        height=picture.height if picture else _HEIGHT,
        lang=film.lang,
        credit=film.credit,
        transcript=tuple(film.transcript.split("\n\n")) if film.transcript else (),
        address=absolute_url(site_url, uri),
    )
