"""Take out of the cache what it holds of people whose data were erased.

The record of what is published stays: the next build has to know what it must remove. It holds
addresses and digests, and none of them longer than that build.
"""

from __future__ import annotations

import shutil
from typing import Final

from guongsang.photos.cache import prune_cache
from guongsang.site.check import plan_photos
from guongsang.site.sources.look import FindFolders
from guongsang.site.sources.project import PHOTOS, Project

# Beside these, everything is of stories and registers. A preview that runs holds its lock.
_KEPT: Final = frozenset(("fonts", PHOTOS, "build.json", "build.lock", "serve.txt", "serve.lock"))
_PUBLISHED: Final = "published-"


def forget_in_cache(project: Project, find_folders: FindFolders) -> None:
    """Delete the preview, all that is remembered of stories and registers, and the pictures of no
    story that is public.

    Nobody may build meanwhile. Raises OSError.
    """
    cache_dir = project.cache_dir
    for path in cache_dir.iterdir() if cache_dir.is_dir() else ():
        if path.name in _KEPT or path.name.startswith(_PUBLISHED):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not project.photo_dir.is_dir():
        return
    jobs = plan_photos(project.root, find_folders).jobs
    if jobs is None:
        shutil.rmtree(project.photo_dir)
    else:
        prune_cache(project.photo_dir, (job.plan for job in jobs))
