"""What a story needs and the registers lack: people, authors, series, awards get their records."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from guongsang.desk.add_record import plan_award, plan_record
from guongsang.desk.fix import Mended
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.desk.revise import write_edits
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json, refuse_write
from guongsang.deskpage.form.reference import tell_honoree
from guongsang.deskpage.form.register import register_honoree
from guongsang.deskpage.listing import Listing
from guongsang.registers.load import read_register
from guongsang.registers.model import Author, Award, AwardKind, Honoree, Series
from guongsang.registers.paths import FOLDER
from guongsang.stories.schema import is_key

_Record = Author | Series | Award | AwardKind


class Recording:
    """Writes records at the end of their registers, comments and all else kept."""

    def __init__(self, root: Path, listing: Listing, lang: str) -> None:
        self.root, self.lang = root, lang
        self._listing = listing

    def honoree(self, asked: Asked) -> Reply:
        """Make the record of somebody whom a story names."""
        try:
            key, record = register_honoree(self.root, read_json(asked), self.lang)
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        self._listing.overview.learn("honorees", key, record)
        return Reply.of({"id": key, "record": tell_honoree(record, {})})

    def author(self, asked: Asked) -> Reply:
        return self._add("authors", Author, asked, may_share_name=True)

    def series(self, asked: Asked) -> Reply:
        return self._add("series", Series, asked)

    def award(self, asked: Asked) -> Reply:
        """Record an award of an honoree; one of a kind that is new makes the kind's record, too.

        `award` is the key of a kind, or `kind` its record.
        """
        told = read_json(asked)
        honoree, kind = told.get("honoree"), told.get("kind")
        if not isinstance(honoree, str) or not is_key(honoree):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        edits: list[Mended] = []
        try:
            if isinstance(kind, dict):
                told["award"], edit = plan_record(self.root, "awards", _in_order(AwardKind, kind))
                edits.append(edit)
            record = _in_order(Award, told)
            if not is_key(str(record.get("award"))):
                raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-award")
            key, edit = plan_award(self.root, honoree, record)
            write_edits(self.root, [*edits, edit])
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        kinds = self._learn("awards", record["award"])
        person = self._learn("honorees", honoree)[honoree]
        assert isinstance(person, Honoree)
        return Reply.of({"id": key, "record": tell_honoree(person, kinds)})

    def _add(
        self,
        table: str,
        model: type[Author | Series],
        asked: Asked,
        *,
        may_share_name: bool = False,
    ) -> Reply:
        record = _in_order(model, read_json(asked))
        try:
            key, edit = plan_record(self.root, table, record, may_share_name=may_share_name)
            write_edits(self.root, [edit])
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        self._learn(table, key)
        return Reply.of({"id": key, "name": record["name"]})

    def _learn(self, table: str, key: str) -> Mapping[str, Any]:
        """Know a record as its file says now; return all of the file."""
        name = f"{table}/{key}" if table == "honorees" else table
        records = read_register(self.root, f"{FOLDER}/{name}.yml").records
        if key in records:
            self._listing.overview.learn(table, key, records[key])
        return records


def _in_order(model: type[_Record], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of a record in the order of its schema, without what is empty."""
    return {key: told[key] for key in model.model_fields if told.get(key) not in (None, "", False)}
