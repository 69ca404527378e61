"""What a page tells search engines about itself: JSON-LD in the words of schema.org.

Made from the page's view alone, so it says nothing that the page does not show, and the names of
people only where programs may be told them (`naming`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from guongsang.addresses import ABOUT, CORRECTIONS
from guongsang.render.article import article_id, describe_article
from guongsang.render.publisher import Publisher
from guongsang.render.thing import Thing, describe_contributor, describe_honoree
from guongsang.views.absolute import absolute_url
from guongsang.views.model import (
    Card,
    HomeView,
    HonoreeView,
    Link,
    ListView,
    PlaceView,
    StoryView,
    YearView,
)
from guongsang.views.outputs import Output, PageImage

_CONTEXT: Final = "https://schema.org"
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Find = Callable[[str], str]


def render_structured(output: Output, publisher: Publisher) -> str | None:
    """Return the JSON-LD of a page, safe to stand in <script>; None for pages not to be found."""
    if output.noindex:
        return None

    def find(uri: str) -> str:
        return absolute_url(publisher.site_url, uri)

    parts = [_ENCODER.encode(_describe_page(output, publisher, find))]
    trail = getattr(output.view, "trail", ())
    if trail:
        links = (*trail, Link(output.title, output.url))
        parts.append(_ENCODER.encode(_breadcrumbs(links, find)))
    parts.append(_encode_publisher(publisher))
    whole = f'{{"@context":"{_CONTEXT}","@graph":[{",".join(parts)}]}}'
    # Within <script> a browser looks for nothing but "</script" and "<!--".
    return whole.replace("<", "\\u003c")


def publisher_id(find: Find) -> Thing:
    return {"@id": f"{find('')}#toa-soan"}


def _describe_page(output: Output, publisher: Publisher, find: Find) -> Thing:
    view = output.view
    if isinstance(view, StoryView):
        return describe_article(output, view, find)
    page: Thing = {
        "@type": "CollectionPage" if view is not None else "WebPage",
        "@id": find(output.url),
        "url": find(output.url),
        "name": output.title,
        "description": output.description or publisher.description,
        "inLanguage": "vi",
        "isPartOf": {"@id": f"{find('')}#trang"},
        "publisher": publisher_id(find),
    }
    if output.image:
        page["primaryImageOfPage"] = _describe_image(output.image, find)
    if isinstance(view, HomeView):
        page |= {"@type": "WebSite", "@id": f"{find('')}#trang"}
        del page["isPartOf"]
        if output.image:  # a site has no page whose picture it were
            page["image"] = page.pop("primaryImageOfPage")
    elif isinstance(view, HonoreeView):
        page |= _describe_profile(view, output.url, find)
    elif isinstance(view, ListView) and view.author is not None:
        page |= {"@type": "ProfilePage", "mainEntity": describe_contributor(view.author, find)}
        page |= _tell_parts(view.listing.cards, find)
    elif isinstance(view, ListView | PlaceView | YearView) and view.listing.cards:
        page["mainEntity"] = _list_stories(view.listing.cards, find)
    return page


def _describe_profile(view: HonoreeView, url: str, find: Find) -> Thing:
    """Describe the page of an honoree; without the name, where that is not agreed."""
    whom = describe_honoree(view.profile, find)
    if whom is None:
        return {"mainEntity": _list_stories(view.cards, find)} if view.cards else {}
    whom |= {"@id": f"{find(url)}#nhan-vat", "url": find(url)}
    if view.same_as:
        whom["sameAs"] = [link.url for link in view.same_as]
    return {"@type": "ProfilePage", "mainEntity": whom, **_tell_parts(view.cards, find)}


def _tell_parts(cards: Iterable[Card], find: Find) -> Thing:
    """Return the articles that a profile brings, each as its own page tells more of it."""
    articles = [
        {
            "@type": "NewsArticle",
            "@id": article_id(card.url, find),
            "url": find(card.url),
            "headline": card.title,
        }
        for card in cards
    ]
    return {"hasPart": articles} if articles else {}


def _describe_image(image: PageImage, find: Find) -> Thing:
    return {
        "@type": "ImageObject",
        "url": find(image.uri),
        "width": image.width,
        "height": image.height,
        "caption": image.alt,
    }


def _list_stories(cards: Iterable[Card], find: Find) -> Thing:
    items = [
        {"@type": "ListItem", "position": position, "url": find(card.url), "name": card.title}
        for position, card in enumerate(cards, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}


def _breadcrumbs(trail: Iterable[Link], find: Find) -> Thing:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": link.text,
            "item": find(link.url or ""),
        }
        for position, link in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


@lru_cache(maxsize=4)
def _encode_publisher(publisher: Publisher) -> str:
    def find(uri: str) -> str:
        return absolute_url(publisher.site_url, uri)

    return _ENCODER.encode(_describe_publisher(publisher, find))


def _describe_publisher(publisher: Publisher, find: Find) -> Thing:
    # Only a licensed agency calls itself press.
    kind = "NewsMediaOrganization" if publisher.licensed else "Organization"
    made: dict[str, Any] = {
        "@type": kind,
        **publisher_id(find),
        "name": publisher.name,
        "url": find(""),
        "logo": {"@type": "ImageObject", "url": find(publisher.logo)},
        "parentOrganization": {"@type": "Organization", "name": publisher.agency},
        "publishingPrinciples": find(ABOUT),
    }
    if publisher.licensed:
        made["correctionsPolicy"] = find(CORRECTIONS)
    if publisher.email:
        made["email"] = publisher.email
    return made
