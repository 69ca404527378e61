"""markdown-it as this site uses it: what journalists type arrives, every address with its place.

Lines end where they were ended, addresses are links, and nothing that was typed is taken for code,
for an underlined heading or for the address of a link elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, Final

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core.state_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from guongsang.prose import blocks, inlines
from guongsang.prose.model import Remark
from guongsang.prose.source import Source
from guongsang.prose.work import Work, work_of

# Blocks within blocks, each list of which counts twice. `parse` lets no body come so deep: what is
# deeper would be left out.
_MOST_LEVELS: Final = 100
_ALIGNED: Final = "text-align:"
# A file's name with spaces, as telephones give them; up to the bracket or a title.
_SPACED: Final = re.compile(r"""[^\s()<>"']+(?: +[^\s()<>"']+)+(?=[ \n]*+(?:\)|["']))""")


class _Renderer(RendererHTML):
    """The default one, but for how cells are aligned and what a picture's description is."""

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        style = tokens[idx].attrs.pop("style", None)
        if style:
            tokens[idx].attrs["align"] = str(style).removeprefix(_ALIGNED)
        return self.renderToken(tokens, idx, options, env)

    th_open = td_open

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrs["alt"] = unescapeAll(tokens[idx].content)
        return self.renderToken(tokens, idx, options, env)


class _Parser(MarkdownIt):
    """Addresses stay as they were typed; the cleaner refuses those that are not safe."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002
        return True


def _read_destination(text: str, pos: int, maximum: int) -> Any:
    """Read an address as CommonMark does, and names of files with spaces, too."""
    result = helpers.parseLinkDestination(text, pos, maximum)
    if result.ok and text[result.pos : result.pos + 1] == " ":
        spaced = _SPACED.match(text, pos, maximum)
        if spaced and spaced.end() > result.pos:
            result.str, result.pos = unescapeAll(spaced[0]), spaced.end()
    return result


def _read_lines(state: StateCore) -> None:
    """Read what stands within the lines, block by block."""
    source = work_of(state.env).source
    for token in state.tokens:
        if token.type == "inline":
            assert token.children is not None
            assert token.map is not None
            source.enter(token.content, token.map[0])
            state.md.inline.parse(token.content, state.md, state.env, token.children)


class Engine:
    """One reusable converter; not to be shared between threads."""

    def __init__(self) -> None:
        options = {"breaks": True, "xhtmlOut": False, "maxNesting": _MOST_LEVELS}
        md = self._md = _Parser("commonmark", options, renderer_cls=_Renderer)
        md.helpers = SimpleNamespace(  # type: ignore[assignment]
            parseLinkDestination=_read_destination,
            parseLinkLabel=helpers.parseLinkLabel,
            parseLinkTitle=helpers.parseLinkTitle,
        )
        md.disable(["code", "lheading", "reference"]).enable("table")
        md.block.ruler.at("list", blocks.read_list, {"alt": ["paragraph", "blockquote"]})
        md.block.ruler.at("html_block", blocks.read_html, {"alt": ["paragraph", "blockquote"]})
        md.block.ruler.before("paragraph", "note", blocks.read_note, {"alt": ["paragraph"]})
        md.block.ruler.before("paragraph", "year", blocks.end_list, {"alt": ["list"]})
        md.inline.ruler.at("emphasis", inlines.read_emphasis)
        md.inline.ruler.at("link", inlines.read_link)
        md.inline.ruler.at("image", inlines.read_image)
        md.inline.ruler.at("autolink", inlines.read_autolink)
        md.inline.ruler.at("html_inline", inlines.read_tag)
        md.inline.ruler.before("link", "footnote", inlines.read_footnote_sign)
        md.inline.ruler.before("newline", "bare_link", inlines.read_bare_link)
        md.inline.ruler.before("newline", "foreign", inlines.note_foreign)
        md.core.ruler.after("block", "arrange", blocks.arrange_blocks)
        md.core.ruler.at("inline", _read_lines)
        md.core.ruler.after("inline", "notes", blocks.move_notes)

    def convert(self, text: str, source: Source) -> tuple[str, list[Remark]]:
        """Return the unsafe HTML of `text`, with numbers of uses as attributes, and the remarks.

        Raises TangledError, and RecursionError where blocks are too deep.
        """
        env: dict[str, Any] = {}
        work = Work(source)
        work.put_into(env)
        html: str = self._md.render(text, env)
        return html, work.finish()

    def find_fences(self, text: str) -> list[tuple[int, int]]:
        """Return first and last line, from 0 and the last one excluded, of each piece of code.

        Raises what `convert` does.
        """
        env: dict[str, Any] = {}
        Work(Source(text)).put_into(env)
        tokens: list[Token] = []
        self._md.block.parse(text, self._md, env, tokens)
        return [(each.map[0], each.map[1]) for each in tokens if each.type == "fence" and each.map]
