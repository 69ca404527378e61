"""The scripts that Material writes into every page, for the Content Security Policy to allow."""

from __future__ import annotations

import re
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from guongsang.pages.policy import script_hash

# Equal on all pages, because `extra.scope` is set. A newsroom's own script belongs into a file,
# named in `extra_javascript`: what stands in a page is not allowed, so no text can slip one in.
_PARTIALS: Final = ("base", "content")
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def find_inline_scripts(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the sources ("'sha256-…'") of the theme's inline scripts, as this newsroom has it."""
    environment = config.theme.get_env()
    features = config.theme.get("features") or []
    found: dict[str, None] = {}
    for name in _PARTIALS:
        template = environment.get_template(f"partials/javascripts/{name}.html")
        html = template.render(config=config, features=features, base_url=".")
        found.update(dict.fromkeys(map(script_hash, _SCRIPT.findall(html))))
    return tuple(found)
