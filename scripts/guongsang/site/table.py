"""The table of contents: everything that follows from a newsroom's files, in order."""

from __future__ import annotations

from guongsang.engine.table import Input, Query, Table
from guongsang.site.answers import (
    checking,
    files,
    index,
    outputs,
    pages,
    reading,
    registers,
    relations,
    told,
)
from guongsang.site.answers.newsroom import Newsroom
from guongsang.site.sources.inputs import (
    BROKEN,
    EDITED,
    FIRST,
    FOLDERS,
    PHOTOS,
    PUBLICATION,
    SAID,
    SETTING,
    THEME,
)


def make_table(newsroom: Newsroom) -> Table:
    """Return the table of one view of a newsroom."""
    kind, out = newsroom.kind, newsroom.out
    entries: list[Input | Query] = [
        *map(Input, (FOLDERS, *FIRST)),
        *registers.list_queries(newsroom.root),
        checking.query_unnamable(newsroom),
        reading.query_stories(newsroom),
        *checking.list_queries(newsroom),
        Input(EDITED),
        checking.query_edited(newsroom),
        *map(Input, (kind(BROKEN), kind(SETTING))),
        index.query_index(newsroom),
        told.query_told(newsroom),
        relations.query_related(newsroom),
        pages.query_pages(newsroom),
        *files.list_queries(newsroom),
        Input(kind(THEME)),
        *outputs.list_shells(newsroom),
        *files.list_outputs(newsroom),
        outputs.query_shown(newsroom),
        *map(Input, (kind(SAID), out(PUBLICATION), PHOTOS)),
    ]
    return Table(entries)
