"""Radio scripts from the desk page: the script of a story made and sent."""

from __future__ import annotations

from functools import partial

from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.refuse_office import tell_doubt
from guongsang.desk.papers.scripting import make_scripts
from guongsang.deskpage.asked import Asked, Reply, read_json
from guongsang.deskpage.exchange.made import Making
from guongsang.deskpage.places import find_place


class Scripting:
    """Does what `guongsang script` does, by the same function."""

    def __init__(self, making: Making) -> None:
        self._making = making

    def script(self, asked: Asked) -> Reply:
        """Make a script; send the names of its files, how long it lasts, and what is unsure."""
        told, making = read_json(asked), self._making
        address = find_place(making.root, str(told.get("story") or "")).address
        words = told.get("words") is True
        make = partial(make_scripts, wanted=[address], words=words, rate=None)
        (made,) = making.make(show_for_office, make)
        notes = [tell_doubt(each, making.lang) for each in made.script.doubts]
        files = making.add(made.paths)
        return Reply.of({"files": files, "length": made.script.length, "notes": notes})
