"""What `guongsang import` says and asks, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

TEXTS_IMPORT: Final[dict[str, dict[str, str]]] = {
    "import": {
        "vi": "Nhập bài từ Word, trang web, văn bản, hay cả trang cũ (NukeViet, WordPress).\n\n"
        "FILE: .docx .doc .odt .rtf .html .txt .md, mỗi tệp thành một bài nháp; hoặc một tệp .sql, "
        ".sql.gz của NukeViet, .xml của WordPress. Ảnh được thu nhỏ, xóa thông tin riêng. Không "
        "ghi đè bài đã có.",
        "en": "Take in stories from Word, web pages, texts, or a whole NukeViet or WordPress.\n\n"
        "FILE: .docx .doc .odt .rtf .html .txt .md, each becomes a draft; or one .sql, .sql.gz of "
        "NukeViet, .xml of WordPress. Photos are made small and silent. What is there is never "
        "overwritten.",
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
    # What did not come through as it was. {where} is near it, or its name; {count} how often.
    "loss.changes": {
        "vi": "sửa đổi đang theo dõi: đã lấy bản sau khi chấp nhận ({count} chỗ)",
        "en": "tracked changes: taken as accepted ({count})",
    },
    "loss.hidden": {
        "vi": "chữ ẩn: không lấy ({count} chữ)",
        "en": "hidden text: left out (words: {count})",
    },
    "loss.comments": {
        "vi": "lời bàn bên lề: không lấy ({count})",
        "en": "comments: left out ({count})",
    },
    "loss.header": {
        "vi": "đầu trang: không lấy “{where}”",
        "en": "page header: left out “{where}”",
    },
    "loss.footer": {
        "vi": "chân trang: không lấy “{where}”",
        "en": "page footer: left out “{where}”",
    },
    "loss.macro": {
        "vi": "tệp có macro: không chạy, không lấy",
        "en": "the file has macros: neither run nor taken",
    },
    "loss.symbol": {
        "vi": "ký hiệu không có trong phông thường: bỏ, gần “{where}” ({count})",
        "en": "a sign that ordinary fonts have not: left out, near “{where}” ({count})",
    },
    "loss.metafile": {
        "vi": "hình vẽ EMF, WMF không lấy được: {where}; lưu thành ảnh rồi thêm vào",
        "en": "an EMF or WMF drawing cannot be taken: {where}; save it as a picture and add it",
    },
    "loss.chart": {
        "vi": "biểu đồ không lấy được, gần “{where}”; lưu thành ảnh rồi thêm vào",
        "en": "a chart cannot be taken, near “{where}”; save it as a picture and add it",
    },
    "loss.diagram": {
        "vi": "sơ đồ SmartArt không lấy được, gần “{where}”; lưu thành ảnh rồi thêm vào",
        "en": "a SmartArt diagram cannot be taken, near “{where}”; save it as a picture and add it",
    },
    "loss.picture-outside": {
        "vi": "ảnh nằm ngoài tệp, không mở: {where}; xin ảnh gốc",
        "en": "a picture outside of the file, not opened: {where}; ask for the original",
    },
    "loss.picture-gone": {
        "vi": "thiếu ảnh: {where}",
        "en": "a picture is missing: {where}",
    },
    "loss.hidden-picture": {
        "vi": "ảnh ẩn: không lấy, gần “{where}”",
        "en": "a hidden picture: left out, near “{where}”",
    },
    "loss.equation": {
        "vi": "công thức chỉ còn các ký tự: “{where}”",
        "en": "an equation is only its signs now: “{where}”",
    },
    "loss.object": {
        "vi": "đối tượng nhúng không lấy được: {where}",
        "en": "an embedded object cannot be taken: {where}",
    },
    "loss.box": {
        "vi": "hộp chữ đặt sau đoạn nó đứng cạnh, xem lại chỗ: “{where}”",
        "en": "a text box stands behind the paragraph beside it, check its place: “{where}”",
    },
    "loss.letters": {
        "vi": "chữ kiểu cũ ({where}) đã đổi sang Unicode: {count} đoạn",
        "en": "old letters ({where}) are Unicode now: paragraphs {count}",
    },
    "loss.letters-unsure": {
        "vi": "chữ kiểu cũ không chắc, đối chiếu bản gốc: {where}",
        "en": "old letters that are unsure, compare with the original: {where}",
    },
    "loss.title-capitals": {
        "vi": "tiêu đề viết hoa cả đã đổi thành chữ thường, xem lại tên riêng: {where}",
        "en": "a title in capitals was set in small letters, check its names: {where}",
    },
    "loss.contact": {
        "vi": "điện thoại, thư điện tử, tài khoản của tác giả cuối bài: không lấy ({count} dòng)",
        "en": "the writer's telephone, mail or account below the story: left out (lines: {count})",
    },
    "loss.byline-rest": {
        "vi": "chữ cạnh tên tác giả: không lấy “{where}”",
        "en": "words beside the author's name: left out “{where}”",
    },
    "loss.dateline": {
        "vi": "dòng nơi và ngày viết: chỉ lấy ngày, “{where}”",
        "en": "the line of place and day: only the day was taken, “{where}”",
    },
    "loss.end-mark": {
        "vi": "chữ báo hết bài: không lấy “{where}”",
        "en": "the mark of the story's end: left out “{where}”",
    },
    "loss.caption-alone": {
        "vi": "chú thích không có ảnh: “{where}”",
        "en": "a caption without its photo: “{where}”",
    },
    "loss.column-unknown": {
        "vi": "sổ không có chuyên mục “{where}”",
        "en": "the register has no column “{where}”",
    },
    "loss.frame": {
        "vi": "khung nhúng thành liên kết, hoặc bỏ: {where}",
        "en": "a frame became a link, or was left out: {where}",
    },
    "loss.front-matter": {
        "vi": "phần đầu tệp Markdown: chỉ lấy tiêu đề",
        "en": "the Markdown file's front matter: only its title was taken",
    },
    "loss.foreign": {
        "vi": "dấu của chương trình khác, nay là chữ thường: {where}",
        "en": "a sign of another program, plain text now: {where}",
    },
    # Why a file cannot be taken in.
    "unreadable": {"vi": "{file}: {reason}", "en": "{file}: {reason}"},
    "unreadable.too-big": {
        "vi": "tệp quá lớn ({size}).",
        "en": "the file is too large ({size}).",
    },
    "unreadable.password": {
        "vi": "tệp có mật khẩu: mở bằng Word, bỏ mật khẩu (File, Info, Protect Document), lưu lại.",
        "en": "the file has a password: open it in Word, take it away (File, Info, Protect "
        "Document) and save it again.",
    },
    "unreadable.old-word": {
        "vi": "tệp Word kiểu cũ: mở bằng Word, chọn Save As .docx.",
        "en": "an old Word file: open it in Word and choose Save As .docx.",
    },
    "unreadable.no-zip": {
        "vi": "tệp hỏng hoặc tải dở, không phải tệp Word; xin gửi lại.",
        "en": "the file is damaged or cut off, or no Word file; ask for it again.",
    },
    "unreadable.no-word": {
        "vi": "trong tệp không có bài Word nào.",
        "en": "there is no Word document in the file.",
    },
    "unreadable.bomb": {
        "vi": "tệp nén bất thường, mở ra sẽ quá lớn: không mở.",
        "en": "the file is packed in an unusual way and would be too large: not opened.",
    },
    "unreadable.damaged": {
        "vi": "tệp hỏng ở {part}; mở bằng Word, lưu lại rồi thử lần nữa.",
        "en": "the file is damaged at {part}; open it in Word, save it and try again.",
    },
    "unreadable.too-deep": {
        "vi": "bảng hay khung lồng nhau quá nhiều tầng: không mở.",
        "en": "too many tables or frames within each other: not opened.",
    },
    "unreadable.entities": {
        "vi": "tệp có khai báo XML mà Word không bao giờ ghi: không mở.",
        "en": "the file declares XML entities, which Word never writes: not opened.",
    },
    "unreadable.empty": {"vi": "tệp trống.", "en": "the file is empty."},
    "unreadable.kind": {
        "vi": "không nhập được loại tệp {suffix}; nhận .docx .doc .odt .rtf .html .txt .md.",
        "en": "files of the kind {suffix} are not taken; .docx .doc .odt .rtf .html .txt .md are.",
    },
    "unreadable.no-text": {
        "vi": "không phải tệp chữ.",
        "en": "this is no text.",
    },
    "unreadable.no-office": {
        "vi": "tệp {suffix} cần LibreOffice để đọc; hoặc mở tệp rồi chọn Save As .docx.",
        "en": "{suffix} files need LibreOffice; or open the file and choose Save As .docx.",
    },
    "unreadable.office-failed": {
        "vi": "LibreOffice không đọc được tệp {suffix} này; mở tệp rồi chọn Save As .docx.",
        "en": "LibreOffice cannot read this {suffix} file; open it and choose Save As .docx.",
    },
    "unreadable.office-slow": {
        "vi": "LibreOffice chưa xong sau {seconds} giây: đã dừng; mở tệp rồi chọn Save As .docx.",
        "en": "LibreOffice was not done after {seconds} s and was ended; open the file and choose "
        "Save As .docx.",
    },
}
