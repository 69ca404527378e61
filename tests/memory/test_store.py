"""Values that stay packed: found by key, in the order in which they were kept."""

from guongsang.memory.store import load_packed, save_packed
from guongsang.publish.sealed import pack


def test_values_by_key(tmp_path):
    values = {f"khóa {number}": pack((number, "giá trị")) for number in range(1000)}
    save_packed(tmp_path / "kept.bin", {"about": 1}, values)
    packed = load_packed(tmp_path / "kept.bin")
    assert packed.head == {"about": 1}
    assert packed.keys() == list(values)
    assert [packed.get(key) for key in values] == [(number, "giá trị") for number in range(1000)]
    assert packed.get("khóa 1000") is None


def test_nothing_kept_or_damaged(tmp_path):
    assert load_packed(tmp_path / "kept.bin") is None
    save_packed(tmp_path / "kept.bin", None, {})
    packed = load_packed(tmp_path / "kept.bin")
    assert (packed.keys(), packed.get("a")) == ([], None)
    (tmp_path / "kept.bin").write_bytes((tmp_path / "kept.bin").read_bytes()[:-1])
    assert load_packed(tmp_path / "kept.bin") is None
