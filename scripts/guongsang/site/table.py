"""The table of contents: everything that follows from a newsroom's files, in order."""

from __future__ import annotations

from guongsang.engine.table import Input, Query, Table
from guongsang.site import (
    checking,
    files,
    index,
    inputs,
    outputs,
    pages,
    reading,
    registers,
    relations,
)
from guongsang.site.newsroom import Newsroom


def make_table(newsroom: Newsroom) -> Table:
    """Return the table of one view of a newsroom."""
    entries: list[Input | Query] = [
        *inputs.MOMENTS,
        *registers.INPUTS,
        *registers.QUERIES,
        checking.query_unnamable(newsroom),
        reading.INPUT,
        reading.query_stories(newsroom),
        *checking.INPUTS,
        *checking.list_queries(newsroom),
        Input(newsroom.kind("setting")),
        *index.list_entries(newsroom),
        relations.query_related(newsroom),
        pages.query_pages(newsroom),
        *files.list_queries(newsroom),
        *outputs.list_entries(newsroom),
    ]
    return Table(entries)
