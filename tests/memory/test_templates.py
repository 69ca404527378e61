"""Templates are compiled once for all runs with the same cache."""

import pytest
from jinja2 import Environment

from guongsang.memory.templates import recall_templates
from guongsang.render.render import environment

TEMPLATE = "retracted.html"


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """Return what counts the templates that a new run compiles."""

    def start_run():
        environment.cache_clear()
        recall_templates(tmp_path)
        seen = []
        compile_one = Environment.compile

        def note(self, *args, **kwargs):
            seen.append(args)
            return compile_one(self, *args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(Environment, "compile", note)
            environment().get_template(TEMPLATE)
        return len(seen)

    yield start_run
    environment.cache_clear()


def test_the_second_run_compiles_nothing(compiled):
    assert [compiled(), compiled(), compiled()] == [1, 0, 0]


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-3], lambda _: b"", lambda kept: kept + b"x"]
)
def test_damaged_code_is_compiled_anew(compiled, tmp_path, damage):
    compiled()
    (kept,) = (tmp_path / "templates").iterdir()
    kept.write_bytes(damage(kept.read_bytes()))
    assert [compiled(), compiled()] == [1, 0]


def test_a_cache_that_cannot_be_written_is_done_without(compiled, tmp_path):
    (tmp_path / "templates").write_text("a file")
    assert [compiled(), compiled()] == [1, 1]
