"""Syllables, sentences, names and slugs as in Vietnamese newspapers; they mean nothing."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

# How often each syllable of a row comes, in ten thousand syllables of running newspaper text:
# a few dozen carry a third of it, the tail is long (shape of Zipf and Mandelbrot).
_SYLLABLES: Final = (
    (130, "và là của có người không một cho các những"),
    (80, "được trong đã với này năm ở con đến đồng làm ra để từ khi bà"),
    (52, "nhà về xã bản học anh chị ông việc dân đi cũng như vào lại mình em trẻ nhiều"),
    (
        34,
        "cả còn mới hơn sau trên thì mà sinh công đình gia bộ thôn lên đội hội giáo viên tỉnh "
        "cùng ngày đường đất nước trường lớp thầy cô rừng nương ruộng lúa nhau giúp chỉ qua",
    ),
    (
        22,
        "số phải biết nói sống đời tay chân lòng tình nghĩa bạn hàng triệu tháng đầu cuối giữa xa "
        "gần mỗi ai gì đâu nào vẫn luôn rồi nên vì bởi nếu tuy nhưng hay hoặc theo bằng tại nơi "
        "chỗ lúc hai ba bốn sáu bảy tám chín mười trăm nghìn",
    ),
    (
        14,
        "thời gian cách mạng chính quyền huyện phường khu phố tổ ban thư bí chủ tịch phó trưởng "
        "cán nhân hợp tác kinh tế nông nghiệp lâm chăn nuôi trồng trọt cây chè quả ngô sắn trâu bò "
        "lợn gà cá vườn ao chuồng mùa vụ thu hoạch giá bán mua chợ tiền vốn vay trả nợ nghèo giàu "
        "khó khăn vất vả chịu cố gắng quyết tâm",
    ),
    (
        9,
        "sức khỏe bệnh viện trạm y tế bác sĩ thuốc chữa khám cứu nạn lũ mưa nắng gió bão suối sông "
        "cầu đò bến núi đồi đèo dốc đá sương rét biên giới cột mốc tuần tra bộ lính chiến sĩ quân "
        "tàu xe máy đạp cửa bếp lửa khói cơm gạo muối rau măng áo khăn chăn màn vải thêu dệt khèn "
        "sáo hát múa lời ca tiếng chữ sách vở bút bảng đèn điện sóng mạng",
    ),
    (
        6,
        "tin báo đài truyền thanh hình ảnh câu chuyện kể nghe nhìn thấy nhớ thương yêu quý trọng "
        "kính mến tự hào vui buồn cười khóc lo nghĩ hiểu dạy bảo khuyên dặn hỏi thưa đáp gọi mời "
        "đón tiễn tặng biếu trao nhận gửi mang vác gánh cõng bế dắt dìu đỡ đào đắp xây dựng sửa "
        "chữa quét dọn sạch đẹp xanh đỏ vàng trắng đen sáng tối sớm muộn nhanh chậm cao thấp dài "
        "ngắn rộng hẹp nặng nhẹ cũ lớn nhỏ bé",
    ),
)
_FAMILY: Final = ("Lò", "Vàng", "Giàng", "Nguyễn", "Trần", "Phàn", "Tao", "Lý", "Hoàng", "Pờ")
_MIDDLE: Final = ("Văn", "Thị", "A", "Đức", "Minh", "Thanh", "Xuân", "Ngọc", "Quang", "Kim")
_GIVEN: Final = (
    *("An", "Bình", "Chiến", "Dung", "Hạnh", "Hùng", "Lan", "Mai", "Nam", "Oanh"),
    *("Phong", "Quân", "Sơn", "Tâm", "Uyên", "Vinh", "Yến"),
)


def make_names(count: int, rng: random.Random) -> dict[str, str]:
    """Return names by key; where a name comes twice a number tells the keys apart."""
    whole = [f"{a} {b} {c}" for a in _FAMILY for b in _MIDDLE for c in _GIVEN]
    return {f"{make_slug(name)}-{n}": name for n, name in enumerate(rng.sample(whole, count))}


def list_syllables() -> tuple[list[str], list[int]]:
    """Return every syllable once, with its frequency: that of the most frequent row it is in."""
    found: dict[str, int] = {}
    for weight, row in _SYLLABLES:
        for syllable in row.split():
            found.setdefault(syllable, weight)
    return list(found), list(found.values())


def make_sentence(syllables: Sequence[str]) -> str:
    words = list(syllables)
    if len(words) > 14:
        words[len(words) // 2] += ","
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def make_slug(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-")
