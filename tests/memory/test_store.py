"""Values that stay packed: found by key, in the order in which they were kept."""

import pytest

from guongsang.memory.store import DamagedValueError, load_packed, save_packed
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


def test_only_who_asks_for_a_damaged_value_is_told(tmp_path):
    values = {"a": pack("một"), "b": pack("hai")}
    save_packed(tmp_path / "kept.bin", None, values)
    content = bytearray((tmp_path / "kept.bin").read_bytes())
    content[-1] ^= 1
    (tmp_path / "kept.bin").write_bytes(content)
    packed = load_packed(tmp_path / "kept.bin")
    assert packed.get("a") == "một"
    with pytest.raises(DamagedValueError):
        packed.get("b")


def test_a_damaged_index_is_not_used(tmp_path):
    save_packed(tmp_path / "kept.bin", {"about": 1}, {"a": pack(1)})
    content = (tmp_path / "kept.bin").read_bytes()
    for at in range(len(content) - len(pack(1))):
        (tmp_path / "kept.bin").write_bytes(
            content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        )
        assert load_packed(tmp_path / "kept.bin") is None
