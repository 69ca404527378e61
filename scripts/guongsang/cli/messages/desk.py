"""What the commands say that do one thing with one story."""

from __future__ import annotations

from typing import Final

TEXTS_DESK: Final[dict[str, dict[str, str]]] = {
    "new": {
        "vi": "Bắt đầu một bài: thư mục và bản nháp, ảnh đã thu nhỏ, dựng đứng, xóa nơi chụp. Trên "
        "màn hình lệnh thì hỏi những gì chưa nói; Enter là để sau.\n\n"
        'TITLE: đầu đề. Chuyên mục, nơi, người gõ không cần dấu: --place "then sin".',
        "en": "Begin a story: a folder with a draft, photos small, upright and without where they "
        "were taken. On a terminal asks for what was not said; Enter leaves it for later.\n\n"
        'TITLE: the headline. Columns, places, people are typed without marks: --place "then '
        'sin".',
    },
    "ask.title": {"vi": "Đầu đề", "en": "Headline"},
    "ask.new-column": {
        "vi": "Chuyên mục (số hay tên; Enter: để sau)",
        "en": "Column (number or name; Enter: later)",
    },
    "ask.new-field": {
        "vi": "Lĩnh vực (số hay tên; Enter: xong)",
        "en": "Field (number or name; Enter: done)",
    },
    "ask.new-place": {
        "vi": "Nơi (tên xã, không cần dấu; Enter: xong)",
        "en": "Place (name, without marks; Enter: done)",
    },
    "ask.new-honoree": {
        "vi": "Viết về ai (tên, không cần dấu; Enter: xong)",
        "en": "About whom (name, without marks; Enter: done)",
    },
    "ask.new-author": {
        "vi": "Tác giả (tên, không cần dấu; Enter: xong)",
        "en": "Author (name, without marks; Enter: done)",
    },
    "ask.new-inline-honoree": {
        "vi": "Chưa có hồ sơ “{name}”. Ghi thẳng vào bài?",
        "en": "There is no record of “{name}”. Write them into the story itself?",
    },
    "ask.new-inline-author": {
        "vi": "Chưa có tác giả “{name}” trong sổ. Ghi thẳng vào bài?",
        "en": "There is no author “{name}” in the register. Write them into the story itself?",
    },
    "ask.new-which": {
        "vi": "Số mấy (có {count}; Enter: gõ lại)",
        "en": "Which number (of {count}; Enter: type again)",
    },
    "new-none": {"vi": "Không thấy “{typed}”.", "en": "“{typed}” is not found."},
    "new-no-title": {
        "vi": 'Thiếu đầu đề, ví dụ: guongsang new "Con chữ lên Mù Cả"',
        "en": 'The headline is missing, such as: guongsang new "Con chữ lên Mù Cả"',
    },
    "new-unknown": {
        "vi": "--{kind}: không thấy “{typed}”. Có: {known}.",
        "en": "--{kind}: “{typed}” is not found. There are: {known}.",
    },
    "new-several": {
        "vi": "--{kind}: “{typed}” có thể là: {known}. Gõ rõ hơn.",
        "en": "--{kind}: “{typed}” may be: {known}. Type more of it.",
    },
    "new-inline-honoree": {
        "vi": "Chưa có hồ sơ “{name}”: ghi thẳng vào bài.",
        "en": "There is no record of “{name}”: written into the story itself.",
    },
    "new-inline-author": {
        "vi": "Chưa có tác giả “{name}” trong sổ: ghi thẳng vào bài.",
        "en": "There is no author “{name}” in the register: written into the story itself.",
    },
    "new-there": {
        "vi": "Chưa ghi gì: đã có bài {path}. Đặt đầu đề khác.",
        "en": "Nothing is written: there is {path} already. Choose another headline.",
    },
    "new-begun": {
        "vi": "Đã có bản nháp {path}, {photos} ảnh. Chỗ nào còn dấu … thì điền; xem bài: guongsang "
        "serve",
        "en": "The draft is {path}, photos: {photos}. Fill in the dots; to see it: guongsang serve",
    },
    "would-begin": {
        "vi": "Sẽ viết {path}, {photos} ảnh; chưa ghi gì.",
        "en": "{path} would be written, photos: {photos}; nothing is written.",
    },
    "opt.field": {"vi": "Lĩnh vực, mã hay tên; lặp lại được.", "en": "A field; may be repeated."},
    "opt.deed": {"vi": "Việc làm, mã hay tên; lặp lại được.", "en": "A deed; may be repeated."},
    "opt.place": {
        "vi": "Nơi: tên xã, phường xưa hay nay; lặp lại được.",
        "en": "A place, past or present; may be repeated.",
    },
    "opt.honoree": {
        "vi": "Người được viết: mã hồ sơ hay tên; lặp lại được.",
        "en": "Whom it is about: key or name; may be repeated.",
    },
    "opt.author": {"vi": "Tác giả: mã hay tên; lặp lại được.", "en": "An author; may be repeated."},
    "opt.new-photo": {
        "vi": "Ảnh của bài, ảnh đầu là ảnh bìa; lặp lại được.",
        "en": "A photo, the first is the cover; may be repeated.",
    },
    "opt.no-open": {
        "vi": "Không mở bài bằng trình soạn thảo ($EDITOR).",
        "en": "Do not open it in the editor ($EDITOR).",
    },
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
    "nominate": {
        "vi": "In phiếu giới thiệu gương (form), hoặc nhận thư bạn đọc gửi (import FILE).\n\n"
        "form: phiếu A4 có mã QR, vào thư mục an-pham/. import: thư .eml hay .txt được cất ngoài "
        "kho bài; trong kho chỉ có một bài nháp không tên ai.",
        "en": "Print the form of nomination (form), or take in a letter of a reader (import FILE)."
        "\n\nform: a sheet of A4 with a QR code, in the folder an-pham/. import: a letter, .eml or "
        ".txt, is kept outside the repository; in it there is only a draft that names nobody.",
    },
    "opt.keep": {
        "vi": "Thư mục cất thư, ngoài mọi kho git (mặc định: cạnh thư mục tòa soạn, tên thêm "
        "-thu-gioi-thieu).",
        "en": "The folder of letters, outside of any git repository (default: beside the newsroom, "
        "its name with -thu-gioi-thieu).",
    },
    "nominate-file": {
        "vi": "Gõ nominate form, hoặc nominate import kèm một tệp .eml hay .txt.",
        "en": "Type nominate form, or nominate import with a .eml or .txt file.",
    },
    "nominate-no-code": {
        "vi": "Phiếu không có mã QR: site_url trong mkdocs.yml chưa là địa chỉ thật, hoặc "
        "switches: nominate đang tắt.",
        "en": "The form has no QR code: site_url in mkdocs.yml is no real address yet, or "
        "switches: nominate is off.",
    },
    "nominated": {
        "vi": "Đã cất thư {number} ở {folder}; bài nháp: {path}",
        "en": "Kept letter {number} in {folder}; the draft: {path}",
    },
    "would-nominate": {
        "vi": "Thư {number} sẽ cất ở {folder}, bài nháp: {path}; chưa ghi gì.",
        "en": "Letter {number} would be kept in {folder}, the draft: {path}; nothing is written.",
    },
    "nominate-attached": {
        "vi": "Tệp kèm theo vẫn ở trong thư, không vào bài: {names}",
        "en": "Attachments stay in the letter and out of the story: {names}",
    },
    "nominate-inside": {
        "vi": "Tệp {path} còn nằm trong thư mục tòa soạn: xóa đi kẻo vào git.",
        "en": "{path} still lies in the newsroom: delete it, lest git takes it.",
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
