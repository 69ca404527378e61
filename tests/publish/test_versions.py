"""What earlier runs learnt holds for the same versions of what builds only."""

import sys
from importlib import metadata

from guongsang.publish.fingerprint import _DISTRIBUTIONS, _list_versions


def test_the_versions_are_those_that_are_installed():
    told = {name.removesuffix(".dist-info").lower().replace("_", "-") for name in _list_versions()}
    assert told == {f"{name}-{metadata.version(name)}" for name in _DISTRIBUTIONS}


def test_another_version_is_told(tmp_path, monkeypatch):
    before = _list_versions()
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "gone.zip"), *sys.path])
    (tmp_path / "Jinja2-99.0.dist-info").mkdir()
    (tmp_path / "jinja3-1.0.dist-info").mkdir()
    assert _list_versions() == ["Jinja2-99.0.dist-info", *before]
