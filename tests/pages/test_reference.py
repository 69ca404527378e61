"""The reference is complete: every rule and every field, in two languages, on the built site."""

from __future__ import annotations

import html
import json
import re

import pytest
import yaml

from guongsang.problems.rules import blank_text, rule_table
from guongsang.registers.describe import RECORDS, describe_record, json_schema

FIELDS = [
    (record.name, field)
    for record in {r.name: r for name in RECORDS for r in describe_record(name)}.values()
    for field in record.fields
]


def read_text(page):
    return html.unescape(page.read_text("utf-8"))


@pytest.fixture(scope="module")
def rules_page(built):
    return read_text(built.site / "huong-dan/loi/index.html")


@pytest.fixture(scope="module")
def fields_page(built):
    return read_text(built.site / "huong-dan/truong/index.html")


@pytest.mark.parametrize("rule", rule_table().values(), ids=lambda rule: rule.id)
def test_every_rule_has_an_entry(rules_page, rule):
    entry = rules_page.partition(f'id="{rule.id.lower()}"')[2].partition("</article>")[0]
    for text in (rule.message, rule.hint, rule.why):
        assert blank_text(text["vi"]) in entry
        assert blank_text(text["en"]) in entry
    assert rule.bad in entry and rule.good in entry
    assert ("cảnh báo" if rule.severity == "warning" else "lỗi") in entry


def test_no_placeholder_is_left(rules_page):
    assert re.findall(r"\{[a-z_]+\}", rules_page) == []


@pytest.mark.parametrize(
    ("record", "field"), FIELDS, ids=[f"{record}.{field.key}" for record, field in FIELDS]
)
def test_every_field_has_an_entry(fields_page, record, field):
    anchor = f'id="{record.lower()}.{field.key}"'
    entry = fields_page.partition(anchor)[2].partition("</article>")[0]
    assert field.text["vi"] in entry and field.text["en"] in entry
    assert field.example in entry
    assert (f"{field.type['vi']}, bắt buộc</span>" in entry) == field.is_required
    assert all(f"<code>{choice}</code>" in entry for choice in field.choices)
    # What editors copy is YAML that says this very field.
    assert list(yaml.safe_load(field.example)) == [field.key]


def test_fields_are_described_and_nothing_else_is():
    described = {(record, field.key) for record, field in FIELDS}
    in_schema = set()
    for name in RECORDS:
        schema = json_schema(name, "vi")
        parts = {RECORDS[name].__name__: schema, **schema.get("$defs", {})}
        for title, part in parts.items():
            in_schema |= {(title, key) for key in part.get("properties", ())}
    assert described == in_schema


def test_the_reference_is_for_editors_not_for_search_engines(built, rules_page, fields_page):
    for page in (rules_page, fields_page):
        assert 'name="robots" content="noindex' in page
    assert "huong-dan" not in (built.site / "sitemap.xml").read_text("utf-8")


def test_the_guide_stands_above_the_reference(rules_page, fields_page):
    for page in (rules_page, fields_page):
        trail = page.partition('aria-label="Đường dẫn"')[2].partition("</nav>")[0]
        assert re.findall(r'href="([^"]*)"', trail) == ["../../", "../../huong-dan/"]


def test_groups_lead_to_their_place(rules_page, fields_page):
    for page in (rules_page, fields_page):
        ids = set(re.findall(r' id="([^"]+)"', page))
        leaps = re.findall(r'href="#([^"]+)"', page)
        assert len(leaps) > 100
        assert [each for each in leaps if each not in ids] == []


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_command_prints_each_schema(newsroom, name, lang):
    ran = newsroom.run("schema", name, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == json_schema(name, lang)


def test_the_schema_of_a_story_is_the_default_and_knows_the_keys(newsroom):
    schema = json.loads(newsroom.run("schema").out)
    assert schema["additionalProperties"] is False
    assert {"title", "date", "honorees"} <= set(schema["required"])
    assert schema["properties"]["summary"]["minLength"] == 60
    assert schema["properties"]["fields"]["minItems"] == 1
    assert newsroom.run("schema", "bai").code == 2
