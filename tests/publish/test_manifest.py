"""The list of published files: unpacked by groups, the same whatever has been looked at."""

from guongsang.publish.manifest import Entries, unpack_entries

VALUES = {f"2026/bai-{number}/index.html": ("a" * 64, "b", number, 7) for number in range(500)}


def test_entries_are_a_mapping_however_they_were_packed():
    entries = unpack_entries(Entries(VALUES).pack())
    assert len(entries) == len(VALUES)
    assert entries["2026/bai-3/index.html"] == ("a" * 64, "b", 3, 7)
    assert entries.get("2026/bai-500/index.html") is None
    assert dict(entries) == VALUES
    entries["moi.html"] = ("c", "d", 1, 2)
    entries["2026/bai-4/index.html"] = ("", "", -1, -1)
    del entries["2026/bai-5/index.html"]
    wanted = {**VALUES, "moi.html": ("c", "d", 1, 2), "2026/bai-4/index.html": ("", "", -1, -1)}
    del wanted["2026/bai-5/index.html"]
    assert len(entries) == len(wanted)
    for each in (entries, unpack_entries(entries.pack())):
        assert dict(each) == wanted


def test_what_is_not_looked_at_stays_packed():
    entries = unpack_entries(Entries(VALUES).pack())
    assert "2026/bai-3/index.html" in entries
    assert sum(isinstance(group, dict) for group in entries._groups) == 1
