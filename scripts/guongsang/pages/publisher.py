"""Who publishes the site and where: what every page says about it to other programs."""

from __future__ import annotations

from dataclasses import dataclass

from guongsang.registers.model import Newsroom


@dataclass(frozen=True, slots=True)
class Publisher:
    """`site_url` is absolute and ends with /; `licensed` tells a press agency from other houses."""

    site_url: str
    name: str
    agency: str
    email: str | None
    licensed: bool


def read_publisher(newsroom: Newsroom, site_url: str) -> Publisher:
    return Publisher(
        site_url=site_url,
        name=newsroom.name,
        agency=newsroom.agency,
        email=newsroom.contact.email,
        licensed=newsroom.licence is not None,
    )
