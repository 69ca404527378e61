"""Documents that only LibreOffice reads."""

from __future__ import annotations

import stat
import sys
import time
import zipfile
from io import BytesIO

import pytest

from guongsang.intake.manuscript import UnreadableError, all_text
from guongsang.intake.read import read_manuscript
from guongsang.intake.word.office import convert_document, find_office

RTF = (
    rb"{\rtf1\ansi\b Ng\u432?\u7901?i gi\u7919? r\u7915?ng\b0\par "
    rb"B\u224? con b\u7843?n nh\u7887?\par}"
)
ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:p>Người giữ rừng</text:p><text:p>Bà con bản nhỏ</text:p></office:text></office:body>"
    "</office:document-content>"
)
MIME = "application/vnd.oasis.opendocument.text"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def odt():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", MIME)
        packed.writestr("content.xml", ODT)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return file.getvalue()


@pytest.mark.long
@pytest.mark.parametrize(("name", "content"), [("a.rtf", RTF), ("a.odt", odt()), ("a.doc", RTF)])
def test_other_documents_come_by_libreoffice(name, content):
    found = read_manuscript(content, name, convert_document)
    assert all_text(found).split("\n")[:2] == ["Người giữ rừng", "Bà con bản nhỏ"]


# The gate does without it: it is larger than all else that the gate installs.
if find_office() is None:
    del test_other_documents_come_by_libreoffice


def test_without_libreoffice_one_sentence(monkeypatch):
    monkeypatch.setattr("guongsang.intake.word.office.find_office", lambda: None)
    with pytest.raises(UnreadableError) as error:
        read_manuscript(odt(), "a.odt", convert_document)
    assert (error.value.reason, error.value.args_told) == ("no-office", {"suffix": ".odt"})


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 1", "office-failed"), ("sleep 60 & sleep 60", "office-slow")],
)
def test_a_program_that_fails_or_hangs_is_ended(monkeypatch, tmp_path, script, reason):
    stand_in = tmp_path / "soffice"
    stand_in.write_text(f"#!/bin/sh\n{script}\n")
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("guongsang.intake.word.office.find_office", lambda: str(stand_in))
    began = time.monotonic()
    with pytest.raises(UnreadableError) as error:
        convert_document(RTF, ".rtf", seconds=0.5)
    assert error.value.reason == reason
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("name", ["a.doc", "a.docx"])
def test_files_are_known_by_what_they_are(name):
    asked = []

    def convert(content, suffix):
        asked.append(suffix)
        raise UnreadableError("no-office", suffix=suffix)

    with pytest.raises(UnreadableError):
        read_manuscript(RTF, name, convert)
    assert asked == [".rtf"]
    page = read_manuscript("<html><p>Bà con</p></html>".encode(), "a.doc", convert)
    assert all_text(page) == "Bà con"
