"""Our rules in Apache's .htaccess, between two markers: whatever else stands there is not ours."""

from __future__ import annotations

from typing import Final

from guongsang.remotes.remote import RemoteError

NAME: Final = ".htaccess"
_BEGIN: Final = b"# BEGIN guongsang"
_END: Final = b"# END guongsang"


def merge_rules(there: bytes | None, rules: bytes) -> bytes:
    """Return the file with our rules in place of those that stood there; first ones go last.

    Raises RemoteError ("htaccess") where one of the markers is lost, or stands twice.
    """
    lines = (there or b"").split(b"\n")
    begins = [at for at, line in enumerate(lines) if line.strip() == _BEGIN]
    ends = [at for at, line in enumerate(lines) if line.strip() == _END]
    block = b"%s\n%s\n%s\n" % (_BEGIN, rules.rstrip(b"\n"), _END)
    if not begins and not ends:
        before = (there or b"").rstrip(b"\n")
        return b"%s\n\n%s" % (before, block) if before else block
    if len(begins) != 1 or len(ends) != 1 or begins[0] > ends[0]:
        raise RemoteError("htaccess")
    before = b"".join(line + b"\n" for line in lines[: begins[0]])
    return before + block + b"\n".join(lines[ends[0] + 1 :])
