"""A file of what earlier runs learnt is whole or counts for nothing."""

from guongsang.memory.store import load_store, save_store

VALUE = {"tên": ("Gương", 1, None), "danh sách": [b"a", "b"]}


def test_what_was_kept(tmp_path):
    save_store(tmp_path / "sub" / "kept.bin", VALUE)
    assert load_store(tmp_path / "sub" / "kept.bin") == VALUE
    (tmp_path / "sub").rename(tmp_path / "moved")
    assert load_store(tmp_path / "moved" / "kept.bin") == VALUE


def test_nothing_kept_or_damaged(tmp_path):
    path = tmp_path / "kept.bin"
    assert load_store(path) is None
    save_store(path, VALUE)
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert load_store(path) is None
    path.write_bytes(content[:-1])
    assert load_store(path) is None
