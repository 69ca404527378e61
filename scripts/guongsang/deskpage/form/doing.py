"""What is done with a story besides writing it: correct, retract, move, forms to sign."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from guongsang.desk.papers.forms import FORMS, plan_paper, read_papers, write_paper
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.desk.rename import plan_renaming, write_renaming
from guongsang.desk.revise import plan_correction, plan_retraction, write_edits
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json, refuse_write
from guongsang.deskpage.form import lost
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import StoryPlace, find_place
from guongsang.deskpage.sheet import send_sheet
from guongsang.site.sources.look import FindFolders
from guongsang.stories.scan import STORIES
from guongsang.text.dates import read_now


class Doing:
    """Does what the commands of the same names do, by the same functions.

    `find_folders` asks MkDocs where the pages written by hand are.
    """

    def __init__(self, listing: Listing, find_folders: FindFolders, lang: str) -> None:
        self.root, self.lang = listing.root, lang
        self._listing, self._find_folders = listing, find_folders

    def act(self, asked: Asked) -> Reply:
        """Do one thing with a saved story; send where it is now, and what there is to say."""
        place, told = find_place(self.root, asked.query.get("story", "")), read_json(asked)
        words = {key: value for key, value in told.items() if isinstance(value, str)}
        try:
            match told.get("act"):
                case "correct":
                    return self._correct(place, words)
                case "retract":
                    return self._retract(place, words)
                case "rename":
                    return self._rename(place, words)
                case "consent":
                    return self._make_forms(place)
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")

    def _correct(self, place: StoryPlace, words: Mapping[str, str]) -> Reply:
        was, now = words.get("was", ""), words.get("now", "")
        plan = plan_correction(self.root, place.src_uri, was, now, read_now().date())
        write_edits(self.root, [plan.edit])
        return self._tell(place.address, in_text=plan.in_text)

    def _retract(self, place: StoryPlace, words: Mapping[str, str]) -> Reply:
        reason = words.get("reason", "")
        edit = plan_retraction(self.root, place.src_uri, reason, read_now().date())
        write_edits(self.root, [edit])
        return self._tell(place.address)

    def _rename(self, place: StoryPlace, words: Mapping[str, str]) -> Reply:
        docs_dir = self._find_folders().docs_dir
        plan = plan_renaming(self.root, place.src_uri, words.get("slug", ""), docs_dir)
        write_renaming(self.root, plan)
        address = plan.new.removeprefix(f"{STORIES}/")
        lost.move(self.root, place.address, address)
        return self._tell(address)

    def _make_forms(self, place: StoryPlace) -> Reply:
        registers = self._listing.need_registers()
        paper = plan_paper(self.root, place.src_uri, registers, read_now().date())
        write_paper(self.root, paper)
        forms = [{"record": form.record, "who": form.who} for form in paper.forms]
        papers = read_papers(self.root, place.slug)
        return self._tell(place.address, forms=forms, papers=papers)

    def print(self, asked: Asked) -> Reply:
        """Send the forms of a story: a page of its own, with its style and nothing else."""
        place = find_place(self.root, asked.query.get("story", ""))
        return send_sheet(self.root / FORMS / f"{place.slug}.html")

    def _tell(self, address: str, **more: Any) -> Reply:
        return Reply.of({"address": address, **more})
