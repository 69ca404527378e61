"""Front matter of hand-written pages."""

from __future__ import annotations

import pytest

from guongsang.checks.docs import check_doc


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"# Gi\xe1\xbb\x9bi thi\xe1\xbb\x87u\n", []),
        (b"---\ntitle: A\n---\n\n# A\n", []),
        (b"---\n---\n\n# A\n", []),
        (b"---\ntitle: A: B\n---\n", [("GS113", 2)]),
        (b"---\ntitle: A\n", [("GS107", 3)]),
        (b"\n---\ntitle: A\n---\n", [("GS105", 1)]),
        (b"---\n- title\n---\n", [("GS110", 2)]),
        (b"# \xff\n", [("GS101", 1)]),
    ],
)
def test_a_page(tmp_path, content, expected):
    page = tmp_path / "a.md"
    page.write_bytes(content)
    found = [(each.rule, each.line) for each in check_doc(page, "docs/a.md")]
    assert found == expected
