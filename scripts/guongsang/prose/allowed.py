"""What an editor's HTML may contain: the allow-list, and the cleaner that enforces it."""

from __future__ import annotations

import re
from typing import Final

import nh3

_KEPT: Final = (
    "a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp "
    "small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr"
)
TAGS: Final = frozenset(_KEPT.split())
# What these hold is program or a drawing, not text worth keeping.
_DROPPED_WHOLE: Final = (
    "applet canvas iframe math noembed noframes noscript object script style svg template"
)
_OTHERS: Final = (
    "article aside audio base basefont big body button center data datalist details dialog dir "
    "embed fieldset font footer form frame frameset head header hgroup html image input label "
    "legend link main map marquee menu meta meter nav nobr optgroup option output param picture "
    "plaintext progress search section select slot source strike summary textarea title track tt "
    "video xmp"
)
# An angle before any other name is a sign of the text.
HTML_NAMES: Final = TAGS | frozenset(_DROPPED_WHOLE.split()) | frozenset(_OTHERS.split())
_NAME: Final = rf"/?(?i:{'|'.join(sorted(HTML_NAMES))})(?=[\s/>]|\Z)"
# Such a tag with its attributes; an angle that opens neither one nor a comment.
HTML_TAG: Final = rf"<{_NAME}(?:\s[^<>]*)?/?>"
_STRAY_ANGLE: Final = re.compile(rf"<(?!!--|{_NAME})")
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})

# Classes that the theme styles and editors may type as `{: .tho }`: verse, boxed note, pull quote.
TEXT_CLASSES: Final = frozenset({"tho", "ghi-chu", "trich"})
# Below photos: wide, beside each other, beside the text, numbered steps.
PHOTO_CLASSES: Final = frozenset({"rong", "doi", "canh", "buoc"})
EDITOR_CLASSES: Final = TEXT_CLASSES | PHOTO_CLASSES
# A list shows the sign that its items were typed with.
BULLET_CLASSES: Final = {"-": "gach", "*": "sao", "+": "cong"}
_OWN_CLASSES: Final = {
    "ul": set(BULLET_CLASSES.values()),
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
}
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "del": {"datetime"},
    "dfn": {"title"},
    "img": {"src", "alt", "title"},
    "ins": {"datetime"},
    "li": {"value", "id"},
    "ol": {"start", "reversed"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_VALUES: Final = {
    "td": {"align": {"left", "center", "right"}},
    "th": {
        "align": {"left", "center", "right"},
        "scope": {"row", "col", "rowgroup", "colgroup"},
    },
}
# Carries "<number of a use> <address>" from the converter through the cleaner. No editor can
# type it: the character is replaced in every body, and names of attributes know no entities.
USE_ATTRIBUTE: Final = "\U0010fffd"

_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_DROPPED_WHOLE.split()),
    attributes={**_ATTRIBUTES, "*": {"lang"}},
    tag_attribute_values={
        tag: {**_VALUES.get(tag, {}), "dir": {"ltr", "rtl", "auto"}} for tag in TAGS
    },
    allowed_classes={tag: set(EDITOR_CLASSES) | _OWN_CLASSES.get(tag, set()) for tag in TAGS},
    generic_attribute_prefixes={USE_ATTRIBUTE},
    url_schemes=set(SCHEMES),
    strip_comments=True,
    link_rel=None,
)

_IGNORED_IN_URL: Final = re.compile(r"[\t\n\r]")
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_ASCII_SPACE: Final = "".join(map(chr, range(0x21)))


def clean_html(dirty: str) -> str:
    """Return `dirty` in the cleaner's canonical form with only what is allowed.

    In it every "<" starts a tag, whose attributes are in double quotes.
    """
    return _CLEANER.clean(dirty)


def escape_stray_angles(html: str) -> str:
    """Return raw HTML in which every "<" that opens nothing is a sign of the text: "<Nhân Dân>"."""
    return _STRAY_ANGLE.sub("&lt;", html)


def clean_href(href: str) -> str:
    """Return `href` as browsers read it: without spaces around and line breaks within."""
    return _IGNORED_IN_URL.sub("", href.strip(_ASCII_SPACE))


def scheme_of(href: str) -> str:
    """Return the scheme of a cleaned address in small letters; "" of an internal one.

    Two slashes of either kind name another host, with the scheme of the page: "//".
    """
    if href[:1] in ("/", "\\") and href[1:2] in ("/", "\\"):
        return "//"
    scheme = _SCHEME.match(href)
    return scheme[1].lower() if scheme else ""
