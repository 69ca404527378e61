"""Documents that only an office program reads: LibreOffice makes Word documents of them.

It runs without a window, with a profile of its own in a folder that is thrown away, without the
network's help and not for long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from guongsang.intake.manuscript import UnreadableError

_NAMES: Final = ("soffice", "libreoffice")
_ELSEWHERE: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SECONDS: Final = 60
# No macros, and nothing that a document only links to, on this machine or elsewhere.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""


def find_office() -> str | None:
    """Return the program, None where there is none."""
    named = next(filter(None, map(shutil.which, _NAMES)), None)
    return named or next((path for path in _ELSEWHERE if Path(path).is_file()), None)


def convert_document(content: bytes, suffix: str, *, seconds: float = _SECONDS) -> bytes:
    """Return a document as a Word document. Raises UnreadableError."""
    program = find_office()
    if program is None:
        raise UnreadableError("no-office", suffix=suffix)
    with tempfile.TemporaryDirectory(prefix="guongsang-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"bai{suffix}"
        source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")),
            str(source),
        ]
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        _run(command, folder, seconds)
        made = folder / "out" / "bai.docx"
        if not made.is_file():
            raise UnreadableError("office-failed", suffix=suffix)
        return made.read_bytes()


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run the program; where it hangs, end it with all that it has started."""
    with subprocess.Popen(  # noqa: S603 - the program found above, our own files
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            raise UnreadableError("office-slow", seconds=round(seconds)) from None
