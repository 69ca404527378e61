"""All rules over one story: the table of contents of the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from guongsang.checks.lookup import Lookup
from guongsang.checks.people.consent import check_consent
from guongsang.checks.people.disclosure import check_names, check_reason
from guongsang.checks.people.privacy import check_privacy
from guongsang.checks.severity import soften
from guongsang.checks.sheet import Case, Sheet
from guongsang.checks.stories.dialect import check_dialect
from guongsang.checks.stories.enclosures import check_enclosures
from guongsang.checks.stories.fields import check_fields, check_identity
from guongsang.checks.stories.files import check_file_types
from guongsang.checks.stories.links import check_films, check_links
from guongsang.checks.stories.photos import check_files, check_photos
from guongsang.checks.stories.references import check_references
from guongsang.checks.stories.text import check_text
from guongsang.enclosures.facts import FileFacts
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.problems.problem import Problem
from guongsang.prose.model import Prose
from guongsang.stories.model import Story
from guongsang.yamlfile.positions import Positions


def check_story(
    story: Story,
    lookup: Lookup,
    prose: Prose,
    photos: Mapping[str, PhotoFacts | PhotoFault | FileFacts],
    positions: Callable[[], Positions],
) -> list[Problem]:
    """Return everything the rules have against one story, in order of position.

    `photos` holds the pictures, attachments, recordings and films that it names and that exist;
    `positions` is asked at most once, and only when there is a problem in the front matter.
    """
    case = Case(story, lookup, prose, photos, Sheet(story.src_uri, positions))
    return sorted({soften(found, story) for found in _check(case)})


def _check(case: Case) -> Iterator[Problem]:
    yield from check_identity(case)
    if case.front.status == "retracted":
        yield from check_reason(case)
        return
    yield from check_fields(case)
    yield from check_references(case)
    yield from check_photos(case)
    yield from check_files(case)
    yield from check_file_types(case)
    yield from check_enclosures(case)
    yield from check_films(case)
    yield from check_consent(case)
    yield from check_names(case)
    yield from check_privacy(case)
    yield from check_text(case)
    yield from check_links(case)
    yield from check_dialect(case)
