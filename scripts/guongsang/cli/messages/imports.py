"""What `guongsang import` says and asks, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

TEXTS_IMPORT: Final[dict[str, dict[str, str]]] = {
    "import": {
        "vi": "Nhập bài từ Word, trang web, văn bản, hay cả trang cũ (NukeViet, WordPress).\n\n"
        "FILE: .docx .doc .odt .rtf .html .txt .md, mỗi tệp thành một bài nháp; .zip là gói bài "
        "xuất từ bàn biên tập; hoặc một tệp .sql, .sql.gz của NukeViet, .xml của WordPress. Ảnh "
        "được thu nhỏ, xóa thông tin riêng. Không ghi đè bài đã có.",
        "en": "Take in stories from Word, web pages, texts, or a whole NukeViet or WordPress.\n\n"
        "FILE: .docx .doc .odt .rtf .html .txt .md, each becomes a draft; a .zip is a story packed "
        "on the desk page; or one .sql, .sql.gz of NukeViet, .xml of WordPress. Photos are made "
        "small and silent. What is there is never overwritten.",
    },
    "opt.photo": {
        "vi": "Ảnh gửi kèm bài, mỗi ảnh một lần --photo; theo thứ tự, sau ảnh trong bài.",
        "en": "A photo that came beside the story; once for each, after those in the file.",
    },
    "opt.column": {
        "vi": "Chuyên mục: mã hoặc tên.",
        "en": "The column: its key or its name.",
    },
    "opt.import-format": {
        "vi": "text để đọc, json cho chương trình khác.",
        "en": "text for people, json for other programs.",
    },
    "ask.column": {
        "vi": "Chuyên mục của “{title}” ({known}; chưa biết thì Enter)",
        "en": "Column of “{title}” ({known}; Enter if not known yet)",
    },
    "import-column": {
        "vi": "Không có chuyên mục “{given}”. Có: {known}.",
        "en": "There is no column “{given}”. There are: {known}.",
    },
    "import-photos": {
        "vi": "--photo chỉ dùng khi nhập một bài.",
        "en": "--photo goes with one story only.",
    },
    "imported": {
        "vi": "{file} → {path}: bài nháp “{title}”, {photos} ảnh.",
        "en": "{file} → {path}: draft “{title}”, photos {photos}.",
    },
    "would-import": {
        "vi": "{file} → {path}: sẽ là bài nháp “{title}”, {photos} ảnh; chưa ghi gì.",
        "en": "{file} → {path}: would be draft “{title}”, photos {photos}; nothing is written.",
    },
    "unpack-mixed": {
        "vi": "Gói bài {name} nhập riêng, không kèm tệp khác hay --photo.",
        "en": "The package {name} is taken in by itself, without other files or --photo.",
    },
    "unpacked": {
        "vi": "{file} → {path}: bài “{title}”, {files} ảnh và tệp.",
        "en": "{file} → {path}: story “{title}”, photos and files {files}.",
    },
    "would-unpack": {
        "vi": "{file} → {path}: sẽ là bài “{title}”, {files} ảnh và tệp; chưa ghi gì.",
        "en": "{file} → {path}: would be story “{title}”, photos and files {files}; nothing is "
        "written.",
    },
    "unpacked-added": {"vi": "thêm vào sổ: {what}", "en": "added to the registers: {what}"},
    "unpacked-others": {
        "vi": "sổ ở đây ghi khác, giữ của đây: {what}",
        "en": "the registers here differ and stay: {what}",
    },
    "import-there": {
        "vi": "{file}: đã có {path}, không ghi đè. Bài khác thì đổi tiêu đề trong tệp; muốn nhập "
        "lại thì xóa thư mục ấy trước.",
        "en": "{file}: {path} is there already and is not overwritten. Another story needs another "
        "title in the file; to take this one in again, delete that folder first.",
    },
    "import-unread": {
        "vi": "{file}: không đọc được: {reason}.",
        "en": "{file}: cannot be read: {reason}.",
    },
    "import-unwritable": {
        "vi": "{file}: không ghi được {path}: {reason}.",
        "en": "{file}: {path} cannot be written: {reason}.",
    },
    "import-asks": {"vi": "Cần người điền: {what}.", "en": "To be filled in: {what}."},
    "import-guesses": {
        "vi": "Máy đoán, xem lại: {what}.",
        "en": "Guessed, look again: {what}.",
    },
    "import-next": {
        "vi": "Xem từng chỗ: guongsang check {paths}",
        "en": "See every place: guongsang check {paths}",
    },
    "need.title": {"vi": "tiêu đề", "en": "title"},
    "need.column": {"vi": "chuyên mục", "en": "column"},
    "need.fields": {"vi": "lĩnh vực", "en": "fields"},
    "need.honorees": {"vi": "nhân vật", "en": "who is honoured"},
    "need.consent": {"vi": "sự đồng ý", "en": "consent"},
    "need.minors": {"vi": "có ai dưới 16 tuổi không", "en": "whether anybody is under 16"},
    "need.places": {"vi": "nơi", "en": "places"},
    "need.authors": {"vi": "tác giả", "en": "authors"},
    "need.alt": {"vi": "mô tả ảnh (alt)", "en": "descriptions of photos (alt)"},
    "need.cover": {"vi": "ảnh bìa", "en": "cover"},
    "need.summary": {"vi": "tóm tắt", "en": "summary"},
    "need.verified": {"vi": "ai xác nhận (verified)", "en": "who verified it"},
    "guess.column": {"vi": "chuyên mục {keys}", "en": "column {keys}"},
    "guess.honorees": {"vi": "nhân vật {keys}", "en": "honorees {keys}"},
    "guess.places": {"vi": "nơi {keys}", "en": "places {keys}"},
    "guess.authors": {"vi": "tác giả {keys}", "en": "authors {keys}"},
}
