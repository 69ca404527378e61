"""Commands that make files of the stories as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from guongsang.cli.revise import refuse_in_words
from guongsang.cli.terminal.project import CONFIG, ask_folders, find_root
from guongsang.cli.terminal.show import Shower, show_report
from guongsang.plugin.run import read_site_url
from guongsang.site.showing import Show, Showing


def run_showing(root: Path | None, lang: str, show: Show, make: Callable[[Showing], int]) -> int:
    """Run what makes files; errors in the newsroom are printed before it.

    Raises what `show` and `make` raise, but for what `refuse_in_words` says.
    """
    folder = find_root(root, lang)
    config_file = folder / CONFIG

    def show_or_tell(showing: Showing) -> int:
        if showing.archive is None:
            errors = [each for each in showing.found.problems if each.is_error]
            show_report(errors, showing.found.stories, lang, "text", None)
        return make(showing)

    find_folders = partial(ask_folders, config_file, lang)
    find_url = partial(read_site_url, config_file, Shower(lang))
    return refuse_in_words(lambda: show(folder, find_folders, find_url, show_or_tell), lang)
