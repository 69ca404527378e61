"""Lists that are patched are those that are made of all stories."""

import random
from types import SimpleNamespace

import pytest

from guongsang.memory.lists import patch_lists, read_lists
from guongsang.pages.archive import build_archive
from guongsang.stories.model import Head
from guongsang.traces import Recorder


def draw_story(chance, number):
    slug = f"s{number:03}"
    month = f"202{chance.randrange(3)}/0{chance.randint(1, 3)}"
    head = Head(
        url=f"{month[:4]}/{slug}/",
        instant=chance.randrange(40),
        status="ready",
        column=chance.choice("ab"),
        fields=tuple(chance.sample("fgh", chance.randint(1, 2))),
        deeds=tuple(chance.sample("xyz", chance.randint(0, 2))),
        places=tuple(chance.sample("pqrstuv", chance.randint(1, 2))),
        honorees=tuple(chance.sample("0123456789", chance.randint(0, 2))),
        inline=0,
        authors=(chance.choice("mn"),),
        series=(chance.choice("kl"), number) if chance.random() < 0.2 else None,
        month=month,
        follows=None,
        aliases=(),
        is_corrected=False,
    )
    uri = f"stories/{month[:4]}/{slug}/index.md"
    return SimpleNamespace(slug=slug, src_uri=uri, head=head, url=head.url)


def list_all(stories):
    newest = sorted(stories, key=lambda story: (-story.head.instant, story.slug))
    registers = SimpleNamespace(places={})
    content = SimpleNamespace(
        stories=newest, retracted=[], recorder=Recorder(), registers=registers
    )
    return read_lists(build_archive(content, {}))


@pytest.mark.parametrize("seed", range(8))
def test_patched_lists_are_those_made_anew(seed):
    chance = random.Random(seed)
    stories = {number: draw_story(chance, number) for number in range(chance.choice((3, 40)))}
    lists = list_all(stories.values())
    for _ in range(40):
        went, came = [], []
        for number in chance.sample(range(45), chance.randint(1, 3)):
            if number in stories:
                went.append(stories.pop(number))
            if chance.random() < 0.7:
                stories[number] = draw_story(chance, number)
                came.append(stories[number])
        by_uri = {story.src_uri: story for story in stories.values()}
        lists = patch_lists(lists, went, came, by_uri.__getitem__)
        assert lists == list_all(stories.values())
