"""Who publishes the site and where: what every page says about it to other programs."""

from __future__ import annotations

from dataclasses import dataclass

from guongsang.registers.model import Newsroom
from guongsang.render.render import asset_url
from guongsang.views.brand import Brand
from guongsang.views.wording import clip


@dataclass(frozen=True, slots=True)
class Publisher:
    """`site_url` is absolute and ends with /; `licensed` tells a press agency from other houses.

    `description` is what the site says of itself as a whole, `logo` the address of what stands for
    it elsewhere.
    """

    site_url: str
    name: str
    agency: str
    email: str | None
    licensed: bool
    description: str
    logo: str


def read_publisher(
    newsroom: Newsroom,
    site_url: str,
    site_description: str | None = None,
    brand: Brand | None = None,
) -> Publisher:
    emblem = brand and (brand.logo or brand.icon)
    return Publisher(
        site_url=site_url,
        name=newsroom.name,
        agency=newsroom.agency,
        email=newsroom.contact.email,
        licensed=newsroom.licence is not None,
        logo=emblem.uri if emblem else asset_url("favicon.svg", newsroom.accent),
        description=clip(" ".join((site_description or newsroom.name).split())),
    )
