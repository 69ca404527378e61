"""What check says of addresses is what a build does."""

from __future__ import annotations

import json

from guongsang.addresses import alias_url


def test_no_old_address_may_be_that_of_a_published_file(newsroom, built):
    """Whatever a site has: files come and go, and none of them may be forgotten here."""
    uris = [uri for uri in built.bytes() if alias_url(f"/{uri}")]
    assert len(uris) > 100
    lines = "".join(f"  - {f'/{uri}'!r}\n" for uri in uris)
    newsroom.edit("con-chu", "status:", f"aliases:\n{lines}status:")
    found = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    told = [each["message"].split()[3] for each in found if each["rule"] == "GS805"]
    assert sorted(told) == sorted(f"/{uri}" for uri in uris)
