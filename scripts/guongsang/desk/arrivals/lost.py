"""What did not come through of what was sent, and why a file is not taken in, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from guongsang.desk.arrivals.take_in import Draft
from guongsang.intake.manuscript import Loss, UnreadableError
from guongsang.photos.facts import PhotoFault
from guongsang.problems.problem import problem_with

# {where} is what is written near it, or its name; {count} how often.
LOSSES: Final[Mapping[str, Mapping[str, str]]] = {
    "changes": {
        "vi": "sửa đổi đang theo dõi: đã lấy bản sau khi chấp nhận ({count} chỗ)",
        "en": "tracked changes: taken as accepted ({count})",
    },
    "hidden": {
        "vi": "chữ ẩn: không lấy ({count} chữ)",
        "en": "hidden text: left out (words: {count})",
    },
    "comments": {
        "vi": "lời bàn bên lề: không lấy ({count})",
        "en": "comments: left out ({count})",
    },
    "header": {
        "vi": "đầu trang: không lấy “{where}”",
        "en": "page header: left out “{where}”",
    },
    "footer": {
        "vi": "chân trang: không lấy “{where}”",
        "en": "page footer: left out “{where}”",
    },
    "macro": {
        "vi": "tệp có macro: không chạy, không lấy",
        "en": "the file has macros: neither run nor taken",
    },
    "symbol": {
        "vi": "ký hiệu không có trong phông thường: bỏ, gần “{where}” ({count})",
        "en": "a sign that ordinary fonts have not: left out, near “{where}” ({count})",
    },
    "metafile": {
        "vi": "hình vẽ EMF, WMF không lấy được: {where}; lưu thành ảnh rồi thêm vào",
        "en": "an EMF or WMF drawing cannot be taken: {where}; save it as a picture and add it",
    },
    "chart": {
        "vi": "biểu đồ không lấy được, gần “{where}”; lưu thành ảnh rồi thêm vào",
        "en": "a chart cannot be taken, near “{where}”; save it as a picture and add it",
    },
    "diagram": {
        "vi": "sơ đồ SmartArt không lấy được, gần “{where}”; lưu thành ảnh rồi thêm vào",
        "en": "a SmartArt diagram cannot be taken, near “{where}”; save it as a picture and add it",
    },
    "picture-outside": {
        "vi": "ảnh nằm ngoài tệp, không mở: {where}; xin ảnh gốc",
        "en": "a picture outside of the file, not opened: {where}; ask for the original",
    },
    "picture-gone": {
        "vi": "thiếu ảnh: {where}",
        "en": "a picture is missing: {where}",
    },
    "hidden-picture": {
        "vi": "ảnh ẩn: không lấy, gần “{where}”",
        "en": "a hidden picture: left out, near “{where}”",
    },
    "equation": {
        "vi": "công thức chỉ còn các ký tự: “{where}”",
        "en": "an equation is only its signs now: “{where}”",
    },
    "object": {
        "vi": "đối tượng nhúng không lấy được: {where}",
        "en": "an embedded object cannot be taken: {where}",
    },
    "box": {
        "vi": "hộp chữ đặt sau đoạn nó đứng cạnh, xem lại chỗ: “{where}”",
        "en": "a text box stands behind the paragraph beside it, check its place: “{where}”",
    },
    "letters": {
        "vi": "chữ kiểu cũ ({where}) đã đổi sang Unicode: {count} đoạn",
        "en": "old letters ({where}) are Unicode now: paragraphs {count}",
    },
    "letters-unsure": {
        "vi": "chữ kiểu cũ không chắc, đối chiếu bản gốc: {where}",
        "en": "old letters that are unsure, compare with the original: {where}",
    },
    "title-capitals": {
        "vi": "tiêu đề viết hoa cả đã đổi thành chữ thường, xem lại tên riêng: {where}",
        "en": "a title in capitals was set in small letters, check its names: {where}",
    },
    "contact": {
        "vi": "điện thoại, thư điện tử, tài khoản của tác giả cuối bài: không lấy ({count} dòng)",
        "en": "the writer's telephone, mail or account below the story: left out (lines: {count})",
    },
    "byline-rest": {
        "vi": "chữ cạnh tên tác giả: không lấy “{where}”",
        "en": "words beside the author's name: left out “{where}”",
    },
    "dateline": {
        "vi": "dòng nơi và ngày viết: chỉ lấy ngày, “{where}”",
        "en": "the line of place and day: only the day was taken, “{where}”",
    },
    "end-mark": {
        "vi": "chữ báo hết bài: không lấy “{where}”",
        "en": "the mark of the story's end: left out “{where}”",
    },
    "caption-alone": {
        "vi": "chú thích không có ảnh: “{where}”",
        "en": "a caption without its photo: “{where}”",
    },
    "column-unknown": {
        "vi": "sổ không có chuyên mục “{where}”",
        "en": "the register has no column “{where}”",
    },
    "frame": {
        "vi": "khung nhúng thành liên kết, hoặc bỏ: {where}",
        "en": "a frame became a link, or was left out: {where}",
    },
    "front-matter": {
        "vi": "phần đầu tệp Markdown: chỉ lấy tiêu đề",
        "en": "the Markdown file's front matter: only its title was taken",
    },
    "foreign": {
        "vi": "dấu của chương trình khác, nay là chữ thường: {where}",
        "en": "a sign of another program, plain text now: {where}",
    },
}
REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "too-big": {
        "vi": "tệp quá lớn ({size}).",
        "en": "the file is too large ({size}).",
    },
    "password": {
        "vi": "tệp có mật khẩu: mở bằng Word, bỏ mật khẩu (File, Info, Protect Document), lưu lại.",
        "en": "the file has a password: open it in Word, take it away (File, Info, Protect "
        "Document) and save it again.",
    },
    "old-word": {
        "vi": "tệp Word kiểu cũ: mở bằng Word, chọn Save As .docx.",
        "en": "an old Word file: open it in Word and choose Save As .docx.",
    },
    "no-zip": {
        "vi": "tệp hỏng hoặc tải dở, không phải tệp Word; xin gửi lại.",
        "en": "the file is damaged or cut off, or no Word file; ask for it again.",
    },
    "no-word": {
        "vi": "trong tệp không có bài Word nào.",
        "en": "there is no Word document in the file.",
    },
    "bomb": {
        "vi": "tệp nén bất thường, mở ra sẽ quá lớn: không mở.",
        "en": "the file is packed in an unusual way and would be too large: not opened.",
    },
    "damaged": {
        "vi": "tệp hỏng ở {part}; mở bằng Word, lưu lại rồi thử lần nữa.",
        "en": "the file is damaged at {part}; open it in Word, save it and try again.",
    },
    "too-deep": {
        "vi": "bảng hay khung lồng nhau quá nhiều tầng: không mở.",
        "en": "too many tables or frames within each other: not opened.",
    },
    "entities": {
        "vi": "tệp có khai báo XML mà Word không bao giờ ghi: không mở.",
        "en": "the file declares XML entities, which Word never writes: not opened.",
    },
    "empty": {"vi": "tệp trống.", "en": "the file is empty."},
    "kind": {
        "vi": "không nhập được loại tệp {suffix}; nhận .docx .doc .odt .rtf .html .txt .md.",
        "en": "files of the kind {suffix} are not taken; .docx .doc .odt .rtf .html .txt .md are.",
    },
    "letter-kind": {
        "vi": "thư là tệp .eml (lưu từ chương trình thư) hoặc .txt, không phải {suffix}.",
        "en": "a letter is a .eml file, as mail programs save it, or a .txt file, not {suffix}.",
    },
    "no-text": {
        "vi": "không phải tệp chữ.",
        "en": "this is no text.",
    },
    "no-office": {
        "vi": "tệp {suffix} cần LibreOffice để đọc; hoặc mở tệp rồi chọn Save As .docx.",
        "en": "{suffix} files need LibreOffice; or open the file and choose Save As .docx.",
    },
    "office-failed": {
        "vi": "LibreOffice không đọc được tệp {suffix} này; mở tệp rồi chọn Save As .docx.",
        "en": "LibreOffice cannot read this {suffix} file; open it and choose Save As .docx.",
    },
    "office-slow": {
        "vi": "LibreOffice chưa xong sau {seconds} giây: đã dừng; mở tệp rồi chọn Save As .docx.",
        "en": "LibreOffice was not done after {seconds} s and was ended; open the file and choose "
        "Save As .docx.",
    },
    "no-dump": {
        "vi": "không phải bản lưu cơ sở dữ liệu (.sql).",
        "en": "this is no dump of a database (.sql).",
    },
    "dump-cut": {
        "vi": "bản lưu bị cắt giữa chừng: xin tệp khác, chưa nhập gì.",
        "en": "the dump is cut off: ask for another one; nothing was taken in.",
    },
    "no-posts": {
        "vi": "trong tệp không có bài nào của NukeViet hay WordPress.",
        "en": "there are no stories of NukeViet or WordPress in the file.",
    },
    "settings": {
        "vi": "không đọc được {name}: sửa lại, hoặc xóa đi để máy hỏi lại.",
        "en": "{name} cannot be read: mend it, or delete it to be asked again.",
    },
}


def tell_loss(loss: Loss, lang: str) -> str:
    """Return what did not come through as it was, in words."""
    return LOSSES[loss.kind][lang].format(where=loss.where, count=loss.count)


def tell_unreadable(file: str, error: UnreadableError, lang: str) -> str:
    """Return one line that says why a file is not taken in."""
    return f"{file}: {REASONS[error.reason][lang].format(**error.args_told)}"


def tell_fault(name: str, fault: PhotoFault, lang: str) -> str:
    """Return why a photo was not taken."""
    return problem_with(fault.rule, name, fault.args).message(lang)


def report_losses(draft: Draft, lang: str) -> list[dict[str, Any]]:
    """Return what a draft has lost, for programs."""
    lost = [
        {"kind": e.kind, "where": e.where, "count": e.count, "message": tell_loss(e, lang)}
        for e in draft.losses
    ]
    return lost + [
        {"kind": "photo", "where": name, "count": 1, "message": tell_fault(name, fault, lang)}
        for name, fault in draft.unusable
    ]
