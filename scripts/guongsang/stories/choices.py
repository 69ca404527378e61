"""What the values to choose from mean, in the editors' words, by the key that takes them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Final

from guongsang.text.fold import fold

_MOST_SHOWN: Final = 40

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {
        "draft": "nháp",
        "ready": "được đăng",
        "retracted": "đã gỡ",
        "valid": "còn hiệu lực",
        "revoked": "đã bị hủy",
    },
    "basis": {
        "consent": "người ấy đồng ý",
        "public_interest": "vì lợi ích công cộng",
        "public_event": "sự kiện công khai",
        "historical": "người đã mất, chuyện lịch sử",
    },
    "scope": {
        "name": "nêu tên",
        "photo": "đăng ảnh",
        "ethnic_group": "nêu dân tộc",
        "health": "nêu sức khỏe",
        "voice": "đăng giọng nói",
        "print": "in trên giấy",
    },
    "by": {"self": "tự mình", "child": "trẻ em", "guardian": "người giám hộ"},
    "kind": {
        "person": "một người",
        "collective": "tập thể",
        "household": "hộ gia đình",
        "desk": "ban, phòng của tòa soạn",
    },
    "gender": {"male": "nam", "female": "nữ", "other": "khác"},
    "did": {"text": "bài", "photo": "ảnh", "text-photo": "bài và ảnh", "video": "phim"},
    "made_by": {"person": "người đọc", "machine": "máy đọc"},
    "type": {
        "xa": "xã",
        "phuong": "phường",
        "thi-tran": "thị trấn",
        "dac-khu": "đặc khu",
        "tinh": "tỉnh",
        "thanh-pho": "thành phố",
    },
    "district_type": {
        "huyen": "huyện",
        "thi-xa": "thị xã",
        "thanh-pho": "thành phố",
        "quan": "quận",
    },
    "form": {
        "huan-chuong": "Huân chương",
        "huy-chuong": "Huy chương",
        "danh-hieu-vinh-du": "danh hiệu vinh dự nhà nước",
        "giai-thuong": "giải thưởng",
        "danh-hieu-thi-dua": "danh hiệu thi đua",
        "ky-niem-chuong": "Kỷ niệm chương",
        "bang-khen": "Bằng khen",
        "giay-khen": "Giấy khen",
        "khac": "khác",
    },
    "level": {
        "nha-nuoc": "Nhà nước",
        "chinh-phu": "Chính phủ",
        "bo-tinh": "bộ, tỉnh",
        "co-so": "cơ sở",
        "quoc-te": "quốc tế",
        "khac": "khác",
    },
    "relation": {
        "que-quan": "quê quán",
        "noi-song": "nơi sống",
        "noi-lam-viec": "nơi làm việc",
        "noi-mat": "nơi mất",
    },
    "consent_policy": {"required": "bắt buộc", "warn": "chỉ nhắc", "off": "không xét"},
}


def suggest(
    word: str, candidates: Iterable[str], labels: Mapping[str, str] | None = None, most: int = 3
) -> str:
    """Return the candidates that a word is the label of, else the nearest, as a list to print with
    their labels; all of them where none is near; nothing where there is none at all."""
    known = list(candidates)
    if labels:
        named = [key for key in known if fold(labels.get(key, "")) == fold(word)]
        if named:
            return list_keys(named, labels)
    near = difflib.get_close_matches(word, known, n=most, cutoff=0.6)
    shown = near or (known if len(known) <= _MOST_SHOWN else [*known[:_MOST_SHOWN], "…"])
    return list_keys(shown, labels)


def list_keys(keys: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """Return keys as a list to print, each with its label behind it in brackets."""
    told = ((key, (labels or {}).get(key, "")) for key in keys)
    return ", ".join(f"{key} ({label})" if label else key for key, label in told)
