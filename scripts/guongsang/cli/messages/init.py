"""What `guongsang init` says and asks, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

TEXTS_INIT: Final[dict[str, dict[str, str]]] = {
    "init": {
        "vi": "Lập tòa soạn mới trong thư mục FOLDER, hoặc lên bản mới cho tòa soạn đã có.\n\n"
        "Ở cửa sổ lệnh, máy hỏi những gì chưa gõ. Không ghi đè thư mục đã có gì trong đó.",
        "en": "Make a new newsroom in FOLDER, or bring an old one to this version.\n\n"
        "In a terminal it asks for what was not typed. A folder that is not empty is refused.",
    },
    "opt.name": {"vi": "Tên chuyên trang.", "en": "Name of the site."},
    "opt.agency": {
        "vi": "Cơ quan chủ quản, ví dụ: Báo và phát thanh, truyền hình tỉnh.",
        "en": "The agency that publishes it.",
    },
    "opt.province": {
        "vi": "Tỉnh, thành phố: mã hoặc tên, có dấu hay không.",
        "en": "Province or city: its key or name, with marks or without.",
    },
    "opt.site-url": {
        "vi": "Địa chỉ thật của trang, ví dụ https://guong-sang.vn/.",
        "en": "The true address of the site, such as https://guong-sang.vn/.",
    },
    "opt.host": {
        "vi": "Nơi để kho và đăng trang: thêm các bước tự kiểm tra, tự đăng ở đó.",
        "en": "Where the repository and site are: brings workflows that check and publish.",
    },
    "opt.sample": {"vi": "Thêm ba bài mẫu.", "en": "Bring three sample stories."},
    "opt.no-input": {
        "vi": "Không hỏi: gì chưa gõ thì để dấu ba chấm, điền sau.",
        "en": "Ask nothing: what was not typed is left to be filled in.",
    },
    "opt.upgrade": {
        "vi": "Tòa soạn đã có: thay chương trình, tệp khóa, các bước tự động; không đụng tới bài.",
        "en": "An old newsroom: replace program, lock files, workflows; content is not touched.",
    },
    "ask.province": {"vi": "Tỉnh, thành phố (gõ không dấu cũng được)", "en": "Province or city"},
    "ask.name": {"vi": "Tên chuyên trang", "en": "Name of the site"},
    "ask.agency": {
        "vi": "Cơ quan chủ quản (chưa biết thì Enter)",
        "en": "Agency that publishes it (Enter if not known yet)",
    },
    "ask.site-url": {
        "vi": "Địa chỉ trang, như https://guong-sang.vn/ (chưa có thì Enter)",
        "en": "Address of the site, like https://guong-sang.vn/ (Enter if there is none yet)",
    },
    "ask.host": {
        "vi": "Kho để ở đâu: github, gitlab hay none (không nơi nào)",
        "en": "Where is the repository: github, gitlab or none",
    },
    "init-no-province": {
        "vi": "Thiếu --province, ví dụ: --province dien-bien.",
        "en": "--province is missing, for example: --province dien-bien.",
    },
    "init-province": {
        "vi": "Không có tỉnh, thành phố “{given}”. Có phải: {near}?",
        "en": "There is no province “{given}”. Did you mean: {near}?",
    },
    "init-url": {
        "vi": "“{given}” không phải địa chỉ trang; gõ như https://guong-sang.vn/.",
        "en": "“{given}” is no address of a site; type it like https://guong-sang.vn/.",
    },
    "init-name": {
        "vi": "Cần một dòng chữ, không để trống.",
        "en": "One line of text is needed.",
    },
    "init-occupied": {
        "vi": "{folder} đã có và không trống: gõ tên một thư mục mới. Tòa soạn đã có thì thêm "
        "--upgrade để lên bản mới.",
        "en": "{folder} is there already and not empty: type the name of a new folder. For a "
        "newsroom that is there, --upgrade brings it to this version.",
    },
    "init-here": {
        "vi": "Bạn đang đứng trong {folder}: gõ  cd ..  rồi gõ lại lệnh với tên thư mục ấy.",
        "en": "You are standing in {folder}: type  cd ..  and the command again with its name.",
    },
    "init-source": {
        "vi": "{folder} là mã nguồn của chương trình: lên bản mới bằng git.",
        "en": "{folder} is the program's own source: bring it up to date with git.",
    },
    "init-damaged": {
        "vi": "Chương trình đã cài bị sửa hoặc thiếu tệp ({path}): cài lại rồi chạy lại.",
        "en": "The installed program was changed or lacks a file ({path}): install it again.",
    },
    "init-unwritable": {
        "vi": "Không ghi được {folder}: {reason}.",
        "en": "{folder} cannot be written: {reason}.",
    },
    "init-done": {
        "vi": "Đã lập tòa soạn trong {folder}: {files} tệp, địa danh {province}.",
        "en": "The newsroom is in {folder}: files {files}, places of {province}.",
    },
    "init-next": {
        "vi": "Gõ tiếp:\n  cd {folder}\n  {program} serve\nrồi mở http://127.0.0.1:8000/. "
        "README.md trong thư mục ấy nói tiếp; check --release kể những chỗ cần điền.",
        "en": "Now type:\n  cd {folder}\n  {program} serve\nand open http://127.0.0.1:8000/. "
        "The README.md there goes on; check --release lists what is to be filled in.",
    },
    "upgrade-added": {"vi": "thêm  {path}", "en": "added     {path}"},
    "upgrade-replaced": {"vi": "thay  {path}", "en": "replaced  {path}"},
    "upgrade-removed": {"vi": "bỏ    {path}", "en": "removed   {path}"},
    "upgrade-nothing": {
        "vi": "Tòa soạn đã dùng bản {after}: không có gì để thay.",
        "en": "The newsroom has version {after} already: there is nothing to replace.",
    },
    "upgrade-done": {
        "vi": "Chương trình: {before} → {after}. Bài, sổ, trang tự viết và mkdocs.yml giữ nguyên.\n"
        "Cài theo tệp khóa mới: {install}",
        "en": "The program: {before} → {after}. Stories, registers, pages and mkdocs.yml are as "
        "they were.\nInstall by the new lock file: {install}",
    },
    "upgrade-guide": {
        "vi": "docs/huong-dan/ là hướng dẫn của bản cũ: nay hướng dẫn đi kèm chương trình, xóa thư "
        "mục ấy đi thì trang có bản mới.",
        "en": "docs/huong-dan/ is the guide of an old version: the guide now comes with the "
        "program; delete that folder and the site has the new one.",
    },
}
