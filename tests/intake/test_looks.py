"""What the look of paragraphs tells."""

from __future__ import annotations

import pytest

from guongsang.intake.looks import even_dashes
from guongsang.intake.manuscript import Paragraph, Run


def lines(*texts):
    return [Paragraph((Run(text[:1]), Run(text[1:]))) for text in texts]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["– Mệt không?", "- Không."], ["– Mệt không?", "– Không."]),
        (["- Mệt không?", "— Không.", "- Thế à."], ["— Mệt không?", "— Không.", "— Thế à."]),
        (["- gạo", "- muối"], ["- gạo", "- muối"]),
        (["– Mệt không?", "Ông cười.", "- Không."], ["– Mệt không?", "Ông cười.", "- Không."]),
        (["– Mệt không?", "-5 độ"], ["– Mệt không?", "-5 độ"]),
    ],
)
def test_a_talk_has_one_dash(typed, expected):
    assert [each.text for each in even_dashes(lines(*typed))] == expected
