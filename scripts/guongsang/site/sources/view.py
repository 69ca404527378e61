"""How the kinds of answers are called of which a view, or a site folder, has its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class View:
    """What readers get ("publish") or editors see ("preview"), published into one folder."""

    name: str
    site: str

    def kind(self, name: str) -> str:
        """Return the name of a kind of which each view has its own."""
        return f"{name}.{self.name}"

    def out(self, name: str) -> str:
        """Return the name of a kind of outputs, of which each site folder has its own."""
        return f"{name}.{self.name}.{self.site}"

    def has(self, kind: str) -> bool:
        """Return whether a kind is of this view and its folder, or of all views."""
        _, _, rest = kind.partition(".")
        return rest in ("", self.name, f"{self.name}.{self.site}")


def name_view(root: Path, site_dir: Path, *, previewing: bool) -> View:
    """Return the view of a newsroom that is published into a folder."""
    return View("preview" if previewing else "publish", _name_site(root, site_dir))


def _name_site(root: Path, site_dir: Path) -> str:
    """Return what tells a site folder from others of this newsroom."""
    inside = site_dir.is_relative_to(root)
    path = site_dir.relative_to(root) if inside else site_dir
    return hashlib.sha256(path.as_posix().encode()).hexdigest()[:8]
