"""Addresses and story texts for readers who are elsewhere: feeds, data files, other servers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape, unescape
from typing import Final
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

from guongsang.addresses import attachment_uri, audio_uri, film_uri
from guongsang.photos.plan import largest
from guongsang.prose.fill import fill_prose
from guongsang.prose.model import FilmUse, PhotoUse
from guongsang.stories.model import Story, StoryPhoto
from guongsang.views.content import Content
from guongsang.views.links import resolve_link
from guongsang.views.pictures import find_cover
from guongsang.views.wording import day_text

# What has a meaning in an address, "%" included: editors may have encoded it already.
_SAFE: Final = "/#?%:;@&=+$,!~*'()"
# Nearly all addresses are of nothing else: `quote` would look at each character.
_AS_IT_IS: Final = re.compile(r"[A-Za-z0-9_./#?%:;@&=+$,!~*'()-]*")
# Clean HTML: attributes are in double quotes, and every "<" starts a tag.
_HREF: Final = re.compile(r'(<a(?: [^<>"=]+(?:="[^"]*")?)*? href=")([^"]*)(")')


def absolute_url(site_url: str, target: str) -> str:
    """Return a site-relative address with the site before it, percent-encoded."""
    if _AS_IT_IS.fullmatch(target):
        return site_url + target
    return site_url + quote(target, safe=_SAFE)


@cache
def _not_xml() -> re.Pattern[str]:
    """What XML 1.0 has no way to say; CR is taken out because parsers would change it.

    Compiled when it is needed: that takes as long as to load this module.
    """
    return re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_text(text: str) -> str:
    """Return the text without characters that XML forbids."""
    return _not_xml().sub("", text)


def clean_line(text: str) -> str:
    """Return the text on one line, without characters that XML forbids."""
    return " ".join(clean_text(text).split())


def html_text(element: ET.Element) -> str:
    """Return an element as HTML; everything in it is escaped."""
    made: str = ET.tostring(element, "unicode", method="html")
    return made


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Append an element, without what XML forbids."""
    kept = {name: clean_text(value) for name, value in attributes.items()}
    child = ET.SubElement(parent, tag, kept)
    child.text = None if text is None else clean_text(text)
    return child


def cover_url(content: Content, story: Story) -> str | None:
    """Return the absolute address of the JPEG that stands for a story."""
    found = find_cover(content, story)
    return absolute_url(content.site_url, largest(found[1].plan).uri) if found else None


def whole_text(content: Content, story: Story, urls: Mapping[str, str]) -> str:
    """Return a story as HTML that stands alone: corrections, cover, text, gallery, files.

    Pictures are plain JPEG, all addresses absolute. `urls` are those of the public stories by slug.
    """
    cover = [story.front.cover] if story.front.cover else []
    parts = [*_corrections(story), *_pictures(content, story, cover)]
    parts.append(_body(content, story, urls))
    used = {use.src for use in content.prose[story.slug].photos}
    rest = [photo for photo in story.front.photos if photo.src not in used]
    parts += _pictures(content, story, rest)
    parts += _files(content, story)
    return clean_text("\n".join(part for part in parts if part))


def name_film(use: FilmUse, alt: str | None) -> str:
    """Return what a film is called: its title, what its picture shows, or just what it is."""
    return use.title or alt or "Phim"


def _corrections(story: Story) -> Iterator[str]:
    for item in story.front.corrections:
        line = ET.Element("p")
        add(line, "strong", "Thông tin cải chính, xin lỗi")
        line[0].tail = clean_text(
            f" – {day_text(item.date).text}. Đã đăng: “{item.was}”. Nay sửa là: “{item.now}”."
        )
        yield html_text(line)


def _body(content: Content, story: Story, urls: Mapping[str, str]) -> str:
    photos = {photo.src: photo for photo in story.front.pictures}
    page = absolute_url(content.site_url, story.url)

    def fill_photo(use: PhotoUse) -> str:
        photo = photos.get(use.src)
        if photo is None:
            return ""
        made = _image(content, story, photo) if use.inline else _figure(content, story, photo)
        if made is None:
            return ""
        credit = f" <small>{escape(photo.credit)}</small>" if use.inline and photo.credit else ""
        return html_text(made) + credit

    def fill_link(href: str) -> str:
        target = resolve_link(href, story, urls)
        return href if target is None else absolute_url(content.site_url, target)

    def complete(tag: re.Match[str]) -> str:
        return f"{tag[1]}{escape(urljoin(page, unescape(tag[2])))}{tag[3]}"

    def fill_film(use: FilmUse) -> str:
        photo = photos.get(use.poster) if use.poster else None
        image = _image(content, story, photo) if photo else None
        line = ET.Element("p")
        link = add(line, "a", href=content.site_url + quote(film_uri(story.slug, use.src)))
        length = f" ({use.shown})" if use.shown else ""
        words = clean_text(name_film(use, photo.alt if photo else None) + length)
        if image is None:
            link.text = words
        else:
            link.append(image)
            image.tail = f" {words}"
        return html_text(line)

    filled = fill_prose(content.prose[story.slug], photo=fill_photo, link=fill_link, film=fill_film)
    return _HREF.sub(complete, filled)


def _pictures(content: Content, story: Story, photos: list[StoryPhoto]) -> Iterator[str]:
    for photo in photos:
        figure = _figure(content, story, photo)
        if figure is not None:
            yield html_text(figure)


def _figure(content: Content, story: Story, photo: StoryPhoto) -> ET.Element | None:
    image = _image(content, story, photo)
    if image is None:
        return None
    figure = ET.Element("figure")
    figure.append(image)
    told = " ".join(part for part in (photo.caption, photo.credit) if part)
    if told:
        add(figure, "figcaption", told)
    return figure


def _image(content: Content, story: Story, photo: StoryPhoto) -> ET.Element | None:
    picture = content.pictures.get((story.slug, photo.src))
    if picture is None:
        return None
    made = largest(picture.plan)
    return ET.Element(
        "img",
        src=absolute_url(content.site_url, made.uri),
        width=str(made.width),
        height=str(made.height),
        alt=clean_text(photo.alt),
    )


def _files(content: Content, story: Story) -> Iterator[str]:
    """Yield links to what can be heard and downloaded."""
    slug, front = story.slug, story.front
    named = [("Nghe bài", audio_uri(slug, item.src)) for item in front.audio]
    named += [(item.title, attachment_uri(slug, item.src)) for item in front.attachments]
    for title, uri in named:
        line = ET.Element("p")
        add(line, "a", title, href=content.site_url + quote(uri))
        yield html_text(line)
