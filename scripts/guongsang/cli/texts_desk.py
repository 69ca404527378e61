"""What the commands say that do one thing with one story."""

from __future__ import annotations

from typing import Final

TEXTS_DESK: Final[dict[str, dict[str, str]]] = {
    "correct": {
        "vi": "Đính chính một bài đã đăng: thêm mục corrections, ghi updated, và sửa chữ trong bài "
        "khi chỗ sai chỉ có một.\n\n"
        "SLUG: con-chu hoặc 2026/con-chu. Ghi chú và cách trình bày của tệp được giữ nguyên.",
        "en": "Correct a published story: add to corrections, note the day in updated, and mend "
        "the text where the wrong words stand once.\n\n"
        "SLUG: con-chu or 2026/con-chu. Comments and layout of the file stay.",
    },
    "corrected": {"vi": "Đã ghi đính chính vào {path}.", "en": "The correction is in {path}."},
    "would-correct": {
        "vi": "Sẽ ghi đính chính vào {path}; chưa ghi gì.",
        "en": "The correction would go into {path}; nothing is written.",
    },
    "correct-changed": {
        "vi": "Chữ trong bài cũng đã sửa.",
        "en": "The text is put right, too.",
    },
    "correct-already": {
        "vi": "Trong bài đã viết đúng.",
        "en": "The text is right already.",
    },
    "correct-several": {
        "vi": "“{was}” có nhiều chỗ trong bài: mở {path} và tự sửa chỗ sai.",
        "en": "“{was}” stands in several places: open {path} and mend the wrong one.",
    },
    "correct-missing": {
        "vi": "Không thấy “{was}” trong bài: mở {path} và tự sửa chỗ sai, nếu chưa.",
        "en": "“{was}” is not in the text: open {path} and mend it, if that is not done.",
    },
    "retract": {
        "vi": "Gỡ một bài đã đăng: địa chỉ còn một trang báo đã gỡ, không tên, không đầu đề.\n\n"
        "SLUG: con-chu hoặc 2026/con-chu. Lý do hiện trên trang, đừng nêu tên ai. Xóa hẳn thì dùng "
        "guongsang erase.",
        "en": "Retract a published story: its address keeps a notice without name or title.\n\n"
        "SLUG: con-chu or 2026/con-chu. The reason is shown, so name nobody. To leave nothing at "
        "all use guongsang erase.",
    },
    "retracted": {
        "vi": "Đã gỡ {path}. Dựng lại (guongsang build) và đăng lên để bài biến khỏi trang.",
        "en": "{path} is retracted. Build (guongsang build) and publish to take it off the site.",
    },
    "would-retract": {
        "vi": "Sẽ gỡ {path}; chưa ghi gì.",
        "en": "{path} would be retracted; nothing is written.",
    },
    "rename": {
        "vi": "Đổi địa chỉ một bài: thư mục, địa chỉ cũ (aliases), sổ địa chỉ và mọi bài dẫn tới "
        "nó, cùng một lúc.\n\n"
        "SLUG: con-chu hoặc 2026/con-chu. NEW: tên mới, ví dụ con-chu-len-ban. Bị ngắt giữa chừng "
        "thì gõ lại đúng lệnh ấy.",
        "en": "Give a story another address: folder, old address (aliases), ledger and all stories "
        "that lead to it, together.\n\n"
        "SLUG: con-chu or 2026/con-chu. NEW: the new name, such as con-chu-len-ban. After an "
        "interruption type the same once more.",
    },
    "renamed": {
        "vi": "Đã đổi {old} thành {new}; cùng sửa {others} tệp khác. Địa chỉ cũ dẫn tới địa chỉ "
        "mới.",
        "en": "{old} is now {new}; other files changed: {others}. The old address leads to the new "
        "one.",
    },
    "renamed-draft": {
        "vi": "Đã đổi {old} thành {new}; cùng sửa {others} tệp khác. Bài nháp nên không giữ địa "
        "chỉ cũ.",
        "en": "{old} is now {new}; other files changed: {others}. A draft keeps no old address.",
    },
    "would-rename": {
        "vi": "Sẽ đổi {old} thành {new} và sửa {others} tệp khác; chưa ghi gì.",
        "en": "{old} would become {new}; other files that would change: {others}. Nothing is "
        "written.",
    },
    "consent": {
        "vi": "Làm phiếu đồng ý khổ A4 để in và ký, cho từng người còn sống trong bài, với số "
        "phiếu kế tiếp.\n\n"
        "SLUG: con-chu hoặc 2026/con-chu. Trẻ em thì phiếu có chỗ cho người giám hộ, từ 7 tuổi "
        "thêm chỗ cho em. Phiếu đã ký cất ngoài kho bài.",
        "en": "Make A4 forms of consent to print and sign, for each living person of a story, with "
        "the next number.\n\n"
        "SLUG: con-chu or 2026/con-chu. Of a child the guardian signs, and from seven the child, "
        "too. What is signed stays outside the repository.",
    },
    "consent-self": {"vi": "{who} ký", "en": "{who} signs"},
    "consent-guardian": {
        "vi": "{who}: người giám hộ ký",
        "en": "{who}: the guardian signs",
    },
    "consent-child": {
        "vi": "{who}: người giám hộ và em cùng ký",
        "en": "{who}: guardian and child sign",
    },
    "consent-made": {
        "vi": "Mở tệp này bằng trình duyệt rồi in (Ctrl+P): {path}",
        "en": "Open this in a browser and print it (Ctrl+P): {path}",
    },
    "would-consent": {
        "vi": "Phiếu sẽ nằm ở {path}; chưa ghi gì.",
        "en": "The forms would be {path}; nothing is written.",
    },
    "unwritten": {
        "vi": "Chưa ghi gì: không ghi được {path} ({reason}).",
        "en": "Nothing is written: {path} cannot be ({reason}).",
    },
    "opt.was": {"vi": "Chữ đã đăng, chưa đúng.", "en": "The words as published, wrong."},
    "opt.now": {"vi": "Chữ đúng, nay sửa lại.", "en": "The right words."},
    "opt.reason": {
        "vi": "Vì sao gỡ, một câu cho bạn đọc.",
        "en": "Why, a sentence for readers.",
    },
}
