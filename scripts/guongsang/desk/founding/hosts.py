"""Where a newsroom keeps its repository, and the workflows for it: of each its file in the seed."""

from __future__ import annotations

from typing import Final

WORKFLOWS: Final = {
    "github": {
        ".github/workflows/check.yml": "github/check.yml",
        ".github/workflows/pages.yml": "github/pages.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab-ci.yml"},
    "none": {},
}
HOSTS: Final = tuple(WORKFLOWS)
