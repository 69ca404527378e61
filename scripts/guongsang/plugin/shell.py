"""The shells of pages, kept for the next build."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.pages.shell import Kind, Shell, kind_of_address

_NAMES: Final = {False: "shells.bin", True: "shells-preview.bin"}


@dataclass(slots=True)
class Shells:
    """The shells by kind; None where a kind has to be rendered whole.

    `targets` are the addresses that the navigation leads to. `alone` holds, by address, shells that
    are proven for one page only.
    """

    targets: tuple[str, ...]
    known: dict[Kind, Shell | None] = field(default_factory=dict)
    alone: dict[str, Shell] = field(default_factory=dict)

    def kind(self, url: str) -> Kind:
        """Tell what of an address decides about the shell."""
        return kind_of_address(url, self.targets)

    def find(self, url: str) -> Shell | None:
        kind = self.kind(url)
        return self.known[kind] if kind in self.known else self.alone.get(url)

    def copy(self) -> Shells:
        return Shells(self.targets, dict(self.known), dict(self.alone))

    def newer_than(self, before: Shells) -> Shells:
        """Return those that were not there before."""
        known = {kind: shell for kind, shell in self.known.items() if kind not in before.known}
        alone = {url: shell for url, shell in self.alone.items() if url not in before.alone}
        return Shells(self.targets, known, alone)

    def merge(self, others: Shells) -> None:
        """Add what another process has found."""
        self.known.update(others.known)
        self.alone.update(others.alone)


def load_shells(
    cache_dir: Path, shared: str, targets: tuple[str, ...], *, previewing: bool
) -> Shells:
    """Return the shells that were kept; `shared` tells all that pages have in common."""
    kept: Any = load_store(cache_dir / _NAMES[previewing])
    is_same = kept is not None and kept[:2] == (shared, targets)
    return Shells(targets, *kept[2:]) if is_same else Shells(targets)


def save_shells(cache_dir: Path, shared: str, shells: Shells, *, previewing: bool) -> None:
    save_store(cache_dir / _NAMES[previewing], (shared, shells.targets, shells.known, shells.alone))
