"""The NewsArticle of a story, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/article says what they read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guongsang.render.thing import Thing, describe_contributor, describe_honoree, describe_place
from guongsang.views.model import AudioView, CorrectionView, FilmView, SeriesBox, StoryView
from guongsang.views.outputs import Output

Find = Callable[[str], str]
# Whose work is the text; the others contributed.
_WRITERS = ("text", "text-photo")


def article_id(url: str, find: Find) -> str:
    return f"{find(url)}#bai"


def describe_article(output: Output, view: StoryView, find: Find) -> Thing:
    """Return the NewsArticle; `find` makes a site-relative address absolute."""
    url = find(output.url)
    article: Thing = {
        "@type": "NewsArticle",
        "@id": article_id(output.url, find),
        "url": url,
        "mainEntityOfPage": url,
        "headline": view.title,
        "description": output.description,
        "inLanguage": view.lang,
        "datePublished": view.date.iso,
        "dateModified": view.modified,
        "articleSection": view.kicker.text,
        "isAccessibleForFree": True,
        "publisher": {"@id": f"{find('')}#toa-soan"},
        **_makers(view, find),
    }
    about = [whom for whom in (describe_honoree(each, find) for each in view.honorees) if whom]
    optional: Thing = {
        "image": [find(uri) for uri in view.crops],
        "about": about,
        "contentLocation": [describe_place(line, find) for line in view.places],
        "keywords": [link.text for link in (*view.topics, *view.tags)],
        "correction": [_correction(item) for item in view.corrections],
        "audio": [_audio(item, find) for item in view.audio],
        "video": [_video(item, output, view, find) for item in view.body.films if item],
        "citation": [source.url or source.text for source in view.sources],
        "isPartOf": _series(view.series, find),
        "isBasedOn": find(view.follows.url) if view.follows and view.follows.url else None,
    }
    return article | {key: value for key, value in optional.items() if value}


def _makers(view: StoryView, find: Find) -> Thing:
    """Return who wrote; pictures and film are contributions, unless there is nothing else."""
    writers = list(_named(view, find, lambda did: did in _WRITERS))
    others = list(_named(view, find, lambda did: did not in _WRITERS))
    if not writers:
        return {"author": others}
    return {"author": writers, "contributor": others} if others else {"author": writers}


def _named(view: StoryView, find: Find, wanted: Callable[[str], bool]) -> Iterable[Thing]:
    found = {name: line for line in view.credits if wanted(line.did) for name in line.names}
    return (describe_contributor(name, find) for name in found)


def _correction(item: CorrectionView) -> Thing:
    return {
        "@type": "CorrectionComment",
        "datePublished": item.date.iso,
        "text": f"Đã đăng: “{item.was}”. Nay sửa là: “{item.now}”.",
    }


def _audio(item: AudioView, find: Find) -> Thing:
    made: Thing = {
        "@type": "AudioObject",
        "name": item.label,
        "contentUrl": find(item.uri),
        "encodingFormat": item.mime,
        "inLanguage": item.lang,
    }
    if item.transcript:
        made["transcript"] = "\n\n".join(item.transcript)
    return made


def _video(item: FilmView, output: Output, view: StoryView, find: Find) -> Thing:
    """Describe a film; its picture is the story's where it has none of its own."""
    made: Thing = {
        "@type": "VideoObject",
        "name": item.title,
        "description": output.description,
        "contentUrl": find(item.uri),
        "encodingFormat": item.mime,
        "uploadDate": view.date.iso,
        "inLanguage": item.lang,
        "thumbnailUrl": [find(item.poster)] if item.poster else [find(uri) for uri in view.crops],
    }
    told: Thing = {"duration": item.length, "transcript": "\n\n".join(item.transcript)}
    return made | {key: value for key, value in told.items() if value}


def _series(series: SeriesBox | None, find: Find) -> Thing | None:
    if series is None:
        return None
    return {"@type": "CreativeWorkSeries", "name": series.name, "url": find(series.url)}
