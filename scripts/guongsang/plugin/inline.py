"""The scripts that stand in every page, ours and Material's, for its policy to allow."""

from __future__ import annotations

import re
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from guongsang.render.policy import script_hash
from guongsang.render.render import early_script

# Equal on all pages, because `extra.scope` is set. A newsroom's own script belongs into a file,
# named in `extra_javascript`: what stands in a page is not allowed, so no text can slip one in.
_PARTIALS: Final = ("base", "content")
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def find_inline_scripts(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the sources ("'sha256-…'") of all inline scripts; the theme is this newsroom's."""
    environment = config.theme.get_env()
    features = config.theme.get("features") or []
    found: dict[str, None] = {script_hash(early_script()): None}
    for name in _PARTIALS:
        template = environment.get_template(f"partials/javascripts/{name}.html")
        html = template.render(config=config, features=features, base_url=".")
        found.update(dict.fromkeys(map(script_hash, _SCRIPT.findall(html))))
    return tuple(found)
