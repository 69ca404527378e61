"""Old addresses lead on: settings for the server of the old site, nginx or Apache.

NukeViet wrote one story at several addresses (with its language or without, below any of its
categories, with ".html", "/" or by index.php); all end in the story's number. What is there is
never led away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from guongsang.desk.arrivals.old_site import Taken
from guongsang.stories.scan import STORIES

NGINX: Final = "nginx-dia-chi-cu.conf"
APACHE: Final = "apache-dia-chi-cu.txt"
_NUMBERED: Final = re.compile(r"/(?P<key>[^/?]*)-(?P<id>\d+)\.html$")
_QUERY: Final = re.compile(r"^/\?p=(\d+)$")
_HEAD: Final = (
    "# Địa chỉ của trang cũ dẫn tới bài ở đây; guongsang import viết tệp này, đừng sửa.\n"
    "# Old addresses lead to the stories here; written by guongsang import.\n"
)
_END: Final = r"(?:\.html|/)?$"


@dataclass(frozen=True, slots=True)
class _Lead:
    """A pattern of the path, or of the query of the first page, and where it leads."""

    pattern: str
    target: str
    kind: str = "path"


def render_nginx(stories: Iterable[Taken], base: str) -> str:
    """Return settings to include in a `server` block; `base` is the path of the new site."""
    leads = [*_list_leads(stories, base)]
    paths = [each for each in leads if each.kind == "path"]
    lines = ['location ~ "-[0-9]+(?:\\.html|/)?$" {', "  if (-e $request_filename) { break; }"]
    lines += (f'  rewrite "{each.pattern}" {each.target}? permanent;' for each in paths)
    lines += ["}", "location = /index.php {"]
    lines += (
        f'  if ($arg_op ~ "{each.pattern}") {{ return 301 {each.target}; }}' for each in paths
    )
    lines += ["}"]
    queries = [each for each in leads if each.kind == "query"]
    lines += (
        f'if ($request_uri ~ "^/(?:index\\.php)?\\?(?:.*&)?p={each.pattern}(?:&|$)") '
        f"{{ return 301 {each.target}; }}"
        for each in queries
    )
    exact = [each for each in leads if each.kind == "exact"]
    lines += (f'location = "{each.pattern}" {{ return 301 {each.target}; }}' for each in exact)
    return _HEAD + "\n".join(lines) + "\n"


def render_apache(stories: Iterable[Taken], base: str) -> str:
    """Return settings for the `.htaccess` of the site's root."""
    leads = [*_list_leads(stories, base)]
    paths = [each for each in leads if each.kind == "path"]
    lines = ["RewriteEngine On"]
    if paths:
        lines += [
            "RewriteCond %{REQUEST_FILENAME} -f [OR]",
            "RewriteCond %{REQUEST_FILENAME} -d",
            f"RewriteRule ^ - [S={len(paths)}]",
        ]
    lines += (f'RewriteRule "{each.pattern}" "{each.target}" [R=301,L,QSD]' for each in paths)
    for each in paths:
        pattern = f"(?:^|&)op=[^&]*{each.pattern.removesuffix('$')}(?:&|$)"
        lines += [
            f'RewriteCond %{{QUERY_STRING}} "{pattern}"',
            f'RewriteRule "^index\\.php$" "{each.target}" [R=301,L,QSD]',
        ]
    for each in leads:
        if each.kind == "query":
            lines += [
                f'RewriteCond %{{QUERY_STRING}} "(?:^|&)p={each.pattern}(?:&|$)"',
                f'RewriteRule "^(?:index\\.php)?$" "{each.target}" [R=301,L,QSD]',
            ]
        elif each.kind == "exact":
            path = re.escape(each.pattern.lstrip("/"))
            lines.append(f'RewriteRule "^{path}$" "{each.target}" [R=301,L]')
    return _HEAD + "\n".join(lines) + "\n"


def _list_leads(stories: Iterable[Taken], base: str) -> Iterator[_Lead]:
    stories = sorted(stories, key=lambda each: (each.path, each.post_id))
    addresses = [old for each in stories for old in each.addresses]
    numbers = Counter(found["id"] for old in addresses if (found := _NUMBERED.search(old)))
    for story in stories:
        target = base + quote(story.path.removeprefix(f"{STORIES}/")) + "/"
        for old in story.addresses:
            numbered, query = _NUMBERED.search(old), _QUERY.match(old)
            if numbered:
                # Of two modules that count for themselves the name in the address decides.
                is_lone = numbers[numbered["id"]] == 1
                if not is_lone and not re.fullmatch(r"[\w-]+", numbered["key"]):
                    continue  # no name that NukeViet would make
                before = "" if is_lone else rf"(?:^|/){re.escape(numbered['key'])}"
                yield _Lead(f"{before}-{numbered['id']}{_END}", target)
            elif query:
                yield _Lead(query[1], target, "query")
            elif "?" not in old and old.strip("/"):
                path = unquote(old)
                if not re.search(r"[\"\\\s{};$]", path):
                    yield _Lead(path, target, "exact")
