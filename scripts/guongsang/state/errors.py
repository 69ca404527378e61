"""What can go wrong with the store."""

from __future__ import annotations


class StateError(Exception):
    """The store cannot be written: read-only, no room, or not a file."""


class BusyError(StateError):
    """Another process had the store for longer than anybody waits."""


class DamagedError(Exception):
    """Something in the store is not what was written: nothing of it can be relied upon."""


class MovedOnError(Exception):
    """Another process has committed since this one opened the store."""
