"""What `guongsang import` says of a whole old site, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

TEXTS_OLD_SITE: Final[dict[str, dict[str, str]]] = {
    "opt.uploads": {
        "vi": "Thư mục uploads của trang cũ, để lấy ảnh; không tải gì từ mạng.",
        "en": "The old site's folder of uploads, for pictures; nothing is fetched from the net.",
    },
    "import-mixed": {
        "vi": "Bản lưu của trang cũ ({name}) phải nhập riêng, mỗi lần một tệp, không kèm --photo.",
        "en": "What was saved of an old site ({name}) is taken in alone, one file at a time, "
        "without --photo.",
    },
    "import-progress": {"vi": "Đã nhập {done}/{total} bài", "en": "Stories {done}/{total}"},
    "ask.category": {
        "vi": "“{name}” ({count} bài) vào chuyên mục nào: {known}; {skip} để không nhập; chưa biết "
        "thì …",
        "en": "“{name}” (stories: {count}) becomes which column: {known}; {skip} to leave it out; "
        "… if not known yet",
    },
    "ask.fields": {
        "vi": "  Lĩnh vực, cách nhau bằng dấu cách ({known})",
        "en": "  Fields, with spaces between ({known})",
    },
    "import-field": {
        "vi": "Không có lĩnh vực {given}.",
        "en": "There is no field {given}.",
    },
    "imported-site": {
        "vi": "{file}: đã nhập {stories} bài nháp.",
        "en": "{file}: drafts taken in: {stories}.",
    },
    "would-import-site": {
        "vi": "{file}: sẽ nhập {stories} bài nháp; chưa ghi gì.",
        "en": "{file}: drafts that would be taken in: {stories}; nothing is written.",
    },
    "import-site-there": {
        "vi": "Đã có từ trước, không nhập lại: {count} bài.",
        "en": "There already, not taken in again: {count}.",
    },
    "import-site-others": {
        "vi": "Không nhập, vì chưa hay không còn đăng: {what}.",
        "en": "Left out, not published: {what}.",
    },
    "import-site-left": {
        "vi": "Không nhập chuyên mục “{name}”: {count} bài.",
        "en": "Category “{name}” left out: {count}.",
    },
    "import-site-lost": {
        "vi": "Không giữ được nguyên (bảng nói từng bài): {what}.",
        "en": "Not as it was (the report tells each story): {what}.",
    },
    "import-site-ask": {
        "vi": "Cần hỏi trước khi đăng: {count} người và ảnh, xem bảng.",
        "en": "To be asked before publishing: people and photos {count}, see the report.",
    },
    "import-site-open": {
        "vi": "Chưa chọn chuyên mục cho: {names}. Ghi vào {file}.",
        "en": "No column is chosen yet for: {names}. Write it into {file}.",
    },
    "import-site-files": {
        "vi": "Đã ghi: {files}.",
        "en": "Written: {files}.",
    },
    "missing.consent": {"vi": "sự đồng ý", "en": "consent"},
    "missing.guardian": {
        "vi": "sự đồng ý của người giám hộ, và của em từ bảy tuổi",
        "en": "consent of the guardian, and of the child from seven",
    },
    "missing.photo-consent": {
        "vi": "sự đồng ý của người trong ảnh",
        "en": "consent of whom the photo shows",
    },
    "missing.alt": {"vi": "mô tả ảnh", "en": "a description"},
    "state.published": {"vi": "đang đăng", "en": "published"},
    "state.suspended": {"vi": "ngừng", "en": "suspended"},
    "state.scheduled": {"vi": "hẹn giờ", "en": "scheduled"},
    "state.expired": {"vi": "hết hạn", "en": "expired"},
    "state.draft": {"vi": "nháp", "en": "draft"},
    "state.review": {"vi": "đang duyệt", "en": "in review"},
    "state.rejected": {"vi": "bị từ chối", "en": "rejected"},
    "state.locked": {"vi": "bị khóa", "en": "locked"},
    "state.private": {"vi": "riêng tư", "en": "private"},
    "state.trash": {"vi": "thùng rác", "en": "trash"},
    "page.title": {"vi": "Nhập bài từ trang cũ", "en": "Stories of the old site"},
    "page.taken": {
        "vi": "Lần này nhập {count} bài, tất cả là bài nháp. Trong tệp có",
        "en": "Taken in this time: {count}, all of them drafts. In the file are",
    },
    "page.ask": {"vi": "Cần hỏi ai", "en": "Whom to ask"},
    "page.ask-why": {
        "vi": "Bài đã đăng ở trang cũ vẫn cần căn cứ khi đăng lại. Máy nhận ra tên có chữ ông, bà, "
        "anh, chị, em… đứng trước; ai được nêu cách khác thì người biên tập tự thêm.",
        "en": "What was published before needs a basis as well when it is published again. Names "
        "behind a form of address are found here; whom a story names otherwise, editors add.",
    },
    "page.stories": {"vi": "Từng bài", "en": "Story by story"},
    "page.name": {"vi": "Tên, ảnh", "en": "Name, photo"},
    "page.story": {"vi": "Bài", "en": "Story"},
    "page.missing": {"vi": "Còn thiếu", "en": "Missing"},
    "page.old": {"vi": "Địa chỉ cũ", "en": "Old address"},
    "page.lost": {"vi": "Không giữ được nguyên", "en": "Not as it was"},
    "page.none": {"vi": "Không có.", "en": "None."},
    "page.nothing": {"vi": "giữ đủ", "en": "all kept"},
    "page.table": {"vi": "Bảng", "en": "Table"},
}
