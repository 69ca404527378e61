"""The reference beside the editors' guide: every field, every rule, from the schema and the table.

Both pages depend on nothing but the package, so they are made again only with a new version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guongsang.addresses import FIELD_REFERENCE, GUIDE, HOME, RULE_REFERENCE
from guongsang.archive.archive import Archive
from guongsang.guide.read import read_guide
from guongsang.problems.rules import Rule, blank_text, rule_anchor, rule_table
from guongsang.registers.describe import RECORDS, FieldText, RecordText, describe_record
from guongsang.views.model import Link
from guongsang.views.outputs import Output, Page


@dataclass(frozen=True, slots=True)
class Bilingual:
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class RuleEntry:
    anchor: str
    id: str
    severity: Bilingual
    message: Bilingual
    hint: Bilingual
    why: Bilingual
    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    anchor: str
    name: Bilingual
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """`part` is the anchor of the group of keys that the field holds."""

    anchor: str
    key: str
    type: Bilingual
    is_required: bool
    choices: tuple[str, ...]
    text: Bilingual
    example: str
    part: str | None


@dataclass(frozen=True, slots=True)
class FieldGroup:
    anchor: str
    name: Bilingual
    file: str
    fields: tuple[FieldEntry, ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    trail: tuple[Link, ...]
    title: str
    intro: str
    other: Link
    groups: tuple[RuleGroup | FieldGroup, ...]


_FAMILIES: Final = (
    ("GS1", Bilingual("Tệp và phần thông tin của bài", "The file and its front matter")),
    ("GS2", Bilingual("Các khóa của bài", "The fields of a story")),
    ("GS3", Bilingual("Sổ danh mục và mã", "Registers and references")),
    ("GS4", Bilingual("Ảnh", "Pictures")),
    ("GS5", Bilingual("Sự đồng ý và đời tư", "Consent and privacy")),
    ("GS6", Bilingual("Chữ tiếng Việt", "Vietnamese text")),
    ("GS7", Bilingual("Liên kết và tệp", "Links and files")),
    ("GS8", Bilingual("Cả trang và việc đăng", "The whole site and its publishing")),
)
_SEVERITIES: Final = {
    "error": Bilingual("lỗi", "error"),
    "warning": Bilingual("cảnh báo", "warning"),
}


def guide_trail() -> tuple[Link, ...]:
    """Return what stands above the guide's pages: home, and the guide's own first page."""
    return (Link("Trang chủ", HOME), Link(read_guide("index").title, GUIDE))


def list_reference() -> Iterator[Page]:
    """Yield the pages of the reference, which search engines need not know."""
    yield Page(FIELD_REFERENCE, plan_fields, noindex=True)
    yield Page(RULE_REFERENCE, plan_rules, noindex=True)


def plan_fields(_archive: Archive) -> Output:
    """Plan the page that explains every field of stories and registers."""
    title = "Tra cứu các khóa"
    intro = "Mọi khóa của bài viết và sổ danh mục: gõ gì, bắt buộc hay không, để làm gì."
    view = ReferenceView(
        guide_trail(), title, intro, Link("Tra cứu lỗi", RULE_REFERENCE), list_field_groups()
    )
    return Output(FIELD_REFERENCE, title, intro, "reference-fields.html", view, noindex=True)


def plan_rules(_archive: Archive) -> Output:
    """Plan the page that explains every rule, at an anchor of its own."""
    title = "Tra cứu lỗi và cảnh báo"
    intro = "Mỗi lời nhắc của guongsang check có một mã. Vì sao có quy tắc ấy, viết sao cho đúng."
    view = ReferenceView(
        guide_trail(), title, intro, Link("Tra cứu các khóa", FIELD_REFERENCE), list_rule_groups()
    )
    return Output(RULE_REFERENCE, title, intro, "reference-rules.html", view, noindex=True)


def list_field_groups() -> tuple[FieldGroup, ...]:
    """Return all fields, each record's once."""
    records = {record.name: record for name in RECORDS for record in describe_record(name)}
    return tuple(map(_field_group, records.values()))


def list_rule_groups() -> tuple[RuleGroup, ...]:
    """Return all rules by their families."""
    return tuple(_rule_group(prefix, name) for prefix, name in _FAMILIES)


def _rule_group(prefix: str, name: Bilingual) -> RuleGroup:
    rules = (rule for rule in rule_table().values() if rule.id.startswith(prefix))
    return RuleGroup(prefix.lower(), name, tuple(map(_rule_entry, rules)))


def _rule_entry(rule: Rule) -> RuleEntry:
    message, hint, why = (
        Bilingual(blank_text(texts["vi"]), blank_text(texts["en"]))
        for texts in (rule.message, rule.hint, rule.why)
    )
    severity = _SEVERITIES[rule.severity]
    return RuleEntry(
        rule_anchor(rule.id), rule.id, severity, message, hint, why, rule.bad, rule.good
    )


def _field_group(record: RecordText) -> FieldGroup:
    return FieldGroup(
        record.name.lower(),
        Bilingual(record.title["vi"], record.title["en"]),
        record.file,
        tuple(_field_entry(record.name, each) for each in record.fields),
    )


def _field_entry(record: str, field: FieldText) -> FieldEntry:
    return FieldEntry(
        anchor=f"{record.lower()}.{field.key}",
        key=field.key,
        type=Bilingual(field.type["vi"], field.type["en"]),
        is_required=field.is_required,
        choices=field.choices,
        text=Bilingual(field.text["vi"], field.text["en"]),
        example=field.example,
        part=field.part.lower() if field.part else None,
    )
