"""What templates compile to: plain attributes and calls, instead of the library's general ones.

Jinja looks up an attribute as an item too, asks of everything that is called whether it wants the
context, and makes each text that it prints a `Markup`. Our templates get views and functions that
need none of that, hundreds of times a page.
"""

from __future__ import annotations

import re
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from markupsafe import Markup, escape

_INCLUDE: Final = re.compile(r'{% include "([^"]+)" %}\n?')


def escape_text(value: object) -> str:
    """Return what `markupsafe.escape` does, as a plain string where it is one."""
    kind = type(value)
    if kind is str:
        text: str = value  # type: ignore[assignment]
        if "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text or ">" in text:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
        if '"' in text or "'" in text:
            text = text.replace('"', "&#34;").replace("'", "&#39;")
        return text
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


class Included(Extension):
    """Parts of a template are compiled into it: each would need a context of its own."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
    ) -> str:
        return _INCLUDE.sub(lambda tag: self._read(tag[1]), source)

    def _read(self, name: str) -> str:
        loader = self.environment.loader
        assert loader is not None
        source = loader.get_source(self.environment, name)[0]
        return self.preprocess(source.removesuffix("\n"), name)


class PlainGenerator(CodeGenerator):
    """Missing attributes raise AttributeError; what wants the context cannot be called."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("our templates call with plain arguments only", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(
        self,
        node: nodes.Expr,  # noqa: ARG002
        frame: Frame,  # noqa: ARG002
        finalize: Any,  # noqa: ARG002
    ) -> None:
        self.write("environment.escape_text(")
