"""What the commands say, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from guongsang.cli.messages.deploy import TEXTS_DEPLOY
from guongsang.cli.messages.desk import TEXTS_DESK
from guongsang.cli.messages.imports import TEXTS_IMPORT
from guongsang.cli.messages.init import TEXTS_INIT
from guongsang.cli.messages.office import TEXTS_OFFICE
from guongsang.cli.messages.old_site import TEXTS_OLD_SITE
from guongsang.cli.messages.paper import TEXTS_PAPER
from guongsang.cli.messages.script import TEXTS_SCRIPT

TEXTS: Final[dict[str, dict[str, str]]] = {
    "main": {
        "vi": "Gương Sáng: viết, kiểm tra và đăng chuyên mục gương người tốt, việc tốt.\n\n"
        "Mã thoát: 0 là tốt, 1 là nội dung có lỗi, 2 là gõ lệnh sai.",
        "en": "Gương Sáng: write, check and publish columns about exemplary people.\n\n"
        "Exit codes: 0 fine, 1 problems in the content, 2 wrong usage.",
    },
    "check": {
        "vi": "Kiểm tra mọi bài, sổ danh mục và ảnh; in từng lỗi kèm dòng và cách sửa.\n\n"
        "Luôn đọc tất cả; PATH chỉ chọn tệp hay thư mục được in ra.",
        "en": "Check all stories, registers and photos; print each problem and its cure.\n\n"
        "Everything is always read; PATH only chooses what is reported.",
    },
    "build": {
        "vi": "Dựng trang và đăng vào thư mục site/, chỉ ghi những gì thay đổi.\n\n"
        "Có lỗi thì không đăng gì: trang đang đăng giữ nguyên.",
        "en": "Build the site and publish it into site/, writing only what changed.\n\n"
        "With an error nothing is published: the site stays as it is.",
    },
    "serve": {
        "vi": "Bàn biên tập và trang xem thử trên máy này; sửa bài là trang tự dựng lại. "
        "Ctrl+C để dừng.",
        "en": "The desk page and a preview on this machine, rebuilt by every edit. Ctrl+C ends it.",
    },
    "photos": {
        "vi": "Làm sẵn các cỡ ảnh cho trang, dọn kho ảnh, hoặc thu nhỏ ảnh gốc.",
        "en": "Make the sizes of all photos, tidy their cache, or shrink the originals.",
    },
    "erase": {
        "vi": "Xóa hẳn một bài hay hồ sơ nhân vật: không trang nào còn, địa chỉ không dùng lại.\n\n"
        "SLUG: con-chu, 2026/con-chu, hoặc nhan-vat/MÃ. Bài chỉ cần gỡ thì dùng status: retracted.",
        "en": "Erase a story or an honoree: no page is left, the address is never used again.\n\n"
        "SLUG: con-chu, 2026/con-chu, or nhan-vat/KEY. To withdraw a story use status: retracted.",
    },
    "not-erased": {
        "vi": "Chưa xóa gì: còn {count} chỗ, trong {stories} bài.",
        "en": "Nothing is erased: {count} places are left, in {stories} stories.",
    },
    "place": {
        "vi": "Thêm vào sổ địa danh một xã, phường ở tỉnh khác, cùng tỉnh của nó; đơn vị cũ thì "
        "thêm cả nơi nay là.\n\n"
        'NAME: mã, tên như in trong bài, hoặc tên không dấu: go-vap-ho-chi-minh, "xã Nhị Long, '
        'huyện Càng Long", go vap. Hiểu ra nhiều nơi thì in từng nơi để chọn.',
        "en": "Add a commune or ward of another province to the register, with its province; a "
        "former unit with what it became.\n\n"
        'NAME: a key, a printed place, or a name without marks: go-vap-ho-chi-minh, "xã Nhị Long, '
        'huyện Càng Long", go vap. One that means several prints them all to choose from.',
    },
    "place-several": {
        "vi": "“{name}” có thể là {count} nơi. Gõ một trong những lệnh này:",
        "en": "“{name}” may be {count} places. Type one of these commands:",
    },
    "place-unknown": {
        "vi": "Không tỉnh nào có xã, phường, thị trấn “{name}”.",
        "en": "No province has a commune, ward or town “{name}”.",
    },
    "place-near": {
        "vi": "Không tỉnh nào có xã, phường, thị trấn “{name}”. Gần nhất: {near}.",
        "en": "No province has a commune, ward or town “{name}”. Nearest: {near}.",
    },
    "place-use": {
        "vi": "{name}: đã có trong sổ. Ở unit gõ: {units}",
        "en": "{name}: in the register. At unit type: {units}",
    },
    "place-divided": {
        "vi": "{name}: đã có trong sổ. Đơn vị cũ này đã chia, hỏi lại bản, thôn ấy nay thuộc đâu "
        "rồi ở unit gõ một mã: {units}",
        "en": "{name}: in the register. This former unit was divided: ask where the village lies "
        "today, then type one key at unit: {units}",
    },
    "place-added": {
        "vi": "Đã thêm vào {path}: {keys}.",
        "en": "Added to {path}: {keys}.",
    },
    "place-would-add": {
        "vi": "Sẽ thêm vào {path}: {keys}; chưa ghi gì.",
        "en": "Would be added to {path}: {keys}; nothing is written.",
    },
    "place-by-hand": {
        "vi": "Không tự thêm vào {path} được, tệp có cách ghi lạ. Chưa ghi gì; hãy tự chép những "
        "dòng này vào cuối tệp:",
        "en": "Cannot add to {path}, which is written in an unusual way. Nothing is written; copy "
        "these lines to its end yourself:",
    },
    "schema": {
        "vi": "In JSON Schema của một loại tệp, cho trình soạn thảo tự gợi ý và kiểm tra khóa.\n\n"
        "NAME: story (bài viết, mặc định), honoree, newsroom, columns, fields, deeds, places, "
        "awards, authors, series hoặc abbreviations.",
        "en": "Print the JSON Schema of a kind of file, with which editors' programs complete and "
        "check keys.\n\n"
        "NAME: story (the default), honoree, newsroom, columns, fields, deeds, places, awards, "
        "authors, series or abbreviations.",
    },
    "fix": {
        "vi": "Tự sửa những gì sửa được an toàn trong bài và sổ danh mục: mã chữ (BOM, NFC), ký tự "
        "ẩn, cách xuống dòng, khoảng trắng thừa, thứ tự khóa, chữ xã, huyện thiếu ở tên nơi, sổ "
        "địa chỉ.\n\n"
        "Không mất chữ, khóa hay ghi chú nào; PATH chọn tệp hay thư mục.",
        "en": "Mend what is safe in stories and registers: encoding (BOM, NFC), hidden "
        "characters, line ends, spare spaces, the order of keys, types of printed places, the "
        "ledger of addresses.\n\n"
        "No word, key or comment is lost; PATH chooses files or folders.",
    },
    "mend.bom": {"vi": "bỏ dấu BOM đầu tệp", "en": "byte order mark removed"},
    "mend.line-ends": {"vi": "xuống dòng kiểu LF", "en": "line ends made LF"},
    "mend.nfc": {"vi": "dấu gộp vào chữ (NFC)", "en": "letters and marks joined (NFC)"},
    "mend.spaces": {"vi": "bỏ khoảng trắng cuối dòng", "en": "spaces at line ends removed"},
    "mend.unseen": {
        "vi": "bỏ ký tự không nhìn thấy",
        "en": "invisible characters taken out",
    },
    "mend.hard-spaces": {
        "vi": "đổi dấu cách không ngắt thành dấu cách thường",
        "en": "no-break spaces made ordinary ones",
    },
    "mend.final-newline": {
        "vi": "đúng một dấu xuống dòng cuối tệp",
        "en": "one newline at the end",
    },
    "mend.key-order": {
        "vi": "xếp khóa theo thứ tự chung, ghi chú đi theo khóa",
        "en": "keys put in the common order, comments with them",
    },
    "mend.places": {
        "vi": "ghi rõ xã, huyện, tỉnh ở as_printed",
        "en": "types of places written out in as_printed",
    },
    "mend.ledger": {
        "vi": "thêm vào sổ {count} địa chỉ",
        "en": "addresses added to the ledger: {count}",
    },
    "fixed": {"vi": "Đã sửa {files} tệp.", "en": "Files mended: {files}."},
    "would-fix": {
        "vi": "Sẽ sửa {files} tệp; chưa ghi gì.",
        "en": "Files that would be mended: {files}; nothing is written.",
    },
    "nothing-to-fix": {"vi": "Không có gì phải sửa.", "en": "Nothing to mend."},
    "nothing-fixed": {"vi": "Không sửa tệp nào.", "en": "No file was mended."},
    "opt.root": {
        "vi": "Thư mục tòa soạn (mặc định: thư mục gần nhất phía trên có mkdocs.yml).",
        "en": "The newsroom's folder (default: the nearest one upwards with mkdocs.yml).",
    },
    "opt.lang": {
        "vi": "Ngôn ngữ của thông báo: vi (mặc định, hoặc biến GUONGSANG_LANG) hay en.",
        "en": "Language of messages: vi (the default, or GUONGSANG_LANG) or en.",
    },
    "opt.format": {
        "vi": "text để đọc, json cho chương trình khác; github, gitlab, sarif cho máy kiểm tra.",
        "en": "text for people, json for other programs; github, gitlab, sarif for their checks.",
    },
    "opt.release": {
        "vi": "Thêm cửa đăng bài: không còn chỗ chưa điền, sổ địa chỉ đủ, bài sẵn sàng "
        "không có cảnh báo.",
        "en": "Add the publishing gate: nothing left to fill in, the ledger of addresses complete, "
        "no warning in ready stories.",
    },
    "opt.open": {
        "vi": "Mở bàn biên tập trong trình duyệt.",
        "en": "Open the desk page in the browser.",
    },
    "opt.clean": {
        "vi": "Làm lại mọi trang, không dựa vào lần dựng trước.",
        "en": "Make every page again, trusting nothing of earlier builds.",
    },
    "opt.site-dir": {
        "vi": "Đăng vào thư mục này thay cho site_dir của mkdocs.yml.",
        "en": "Publish into this folder instead of mkdocs.yml's site_dir.",
    },
    "opt.strict": {
        "vi": "Coi cảnh báo là lỗi: có cảnh báo thì không đăng.",
        "en": "Take warnings for errors: with a warning nothing is published.",
    },
    "opt.jobs": {
        "vi": "Số việc làm song song (mặc định: số nhân của máy).",
        "en": "How much is done in parallel (default: the machine's cores).",
    },
    "opt.port": {"vi": "Cổng xem thử.", "en": "The port of the preview."},
    "opt.with-stories": {
        "vi": "Xóa cả những bài còn nêu, gọi hay cho thấy nhân vật.",
        "en": "Erase the stories, too, that still name, call or show the honoree.",
    },
    "opt.dry-run": {
        "vi": "Chỉ nói sẽ làm gì, không ghi gì.",
        "en": "Only say what would be done; write nothing.",
    },
    "opt.prune": {
        "vi": "Xóa khỏi kho những cỡ ảnh không bài nào còn dùng.",
        "en": "Delete from the cache what no story uses any more.",
    },
    "opt.shrink": {
        "vi": "Thu ảnh gốc về tối đa 2.560 px và xóa thông tin riêng (GPS, tên); PATH chọn ảnh, "
        "không có thì mọi ảnh trong stories/.",
        "en": "Bring originals to at most 2,560 px and take private data (GPS, names) away; "
        "PATH chooses, else every photo below stories/.",
    },
    "opt.executor": {
        "vi": "Chia việc cho các máy của một cụm Dask cùng thấy thư mục này.",
        "en": "Spread the work over a Dask cluster whose machines share this folder.",
    },
    "opt.version": {"vi": "In phiên bản.", "en": "Print the version."},
    "opt.help": {"vi": "In trợ giúp này.", "en": "Print this help."},
    "usage": {"vi": "Cách dùng", "en": "Usage"},
    "options": {"vi": "Tùy chọn", "en": "Options"},
    "commands": {"vi": "Các lệnh", "en": "Commands"},
    "photos-path": {
        "vi": "PATH chỉ dùng cùng --shrink.",
        "en": "PATH goes with --shrink only.",
    },
    "no-root": {
        "vi": "Không thấy mkdocs.yml ở đây hay thư mục nào phía trên. Chuyển vào thư mục tòa soạn "
        "(cd …) hoặc thêm --root THƯ_MỤC.",
        "en": "No mkdocs.yml here or in any folder above. Change into the newsroom's folder "
        "(cd …) or add --root DIR.",
    },
    "built": {
        "vi": "Đã dựng {stories} bài, {pages} trang trong {seconds} giây: "
        "{added} tệp mới, {changed} tệp đổi, {removed} tệp bỏ.",
        "en": "Built {stories} stories, {pages} pages in {seconds} s: "
        "files added {added}, changed {changed}, removed {removed}.",
    },
    "unchanged": {
        "vi": "Không có gì thay đổi: {stories} bài, {pages} trang ({seconds} giây).",
        "en": "Nothing has changed: {stories} stories, {pages} pages ({seconds} s).",
    },
    "not-built": {
        "vi": "Không đăng được; mọi trang đang đăng vẫn nguyên vẹn.",
        "en": "Not published; every published page is whole as before.",
    },
    "serving-already": {
        "vi": "Bàn biên tập đang mở ở {address}; mở lại trong trình duyệt.",
        "en": "The desk page is at {address} already; opening it in the browser.",
    },
    "serving": {
        "vi": "Bàn biên tập tại http://127.0.0.1:{port}{desk}\n"
        "Xem thử tại http://127.0.0.1:{port}/ – Ctrl+C để dừng.",
        "en": "Desk page at http://127.0.0.1:{port}{desk}\n"
        "Preview at http://127.0.0.1:{port}/ – Ctrl+C ends it.",
    },
    "previewed": {
        "vi": "{time} Xem được bản mới sau {seconds} giây: {stories} bài, "
        "trong đó {drafts} bài chưa đăng.",
        "en": "{time} Ready to look at after {seconds} s: {stories} stories, "
        "{drafts} of them not published.",
    },
    "not-previewed": {
        "vi": "{time} Chưa dựng lại được; trình duyệt vẫn hiện bản trước.",
        "en": "{time} Not built again; the browser still shows the version before.",
    },
    "served": {"vi": "Đã dừng xem thử.", "en": "The preview has ended."},
    "program-changed": {
        "vi": "Chương trình vừa được sửa: khởi động lại bản xem thử.",
        "en": "The program itself was edited: the preview starts again.",
    },
    "photos-progress": {"vi": "Ảnh", "en": "Photos"},
    "photos-rate": {"vi": "{rate} ảnh/giây", "en": "{rate}/s"},
    "photos-plan": {
        "vi": "{photos} ảnh, {files} tệp cần có.",
        "en": "{photos} photos, {files} files wanted.",
    },
    "photos-done": {
        "vi": "{rendered} ảnh làm mới, {reused} ảnh có sẵn; đọc {size_in}, ghi "
        "{size_out} ({saved}).",
        "en": "Photos rendered {rendered}, reused {reused}; read {size_in}, "
        "written {size_out} ({saved}).",
    },
    "photos-reused": {
        "vi": "Không phải làm ảnh nào: {reused} ảnh có sẵn.",
        "en": "Nothing to render: photos reused {reused}.",
    },
    "saved": {"vi": "bớt {size}", "en": "{size} less"},
    "grown": {"vi": "thêm {size}", "en": "{size} more"},
    "cluster-address": {
        "vi": "--executor cần dạng dask://MÁY:CỔNG, ví dụ dask://192.168.1.10:8786; "
        "“{address}” không đúng dạng ấy.",
        "en": "--executor takes dask://HOST:PORT, such as dask://192.168.1.10:8786, "
        "not “{address}”.",
    },
    "cluster-library": {
        "vi": "Thiếu thư viện để dùng nhiều máy. Cài: pip install 'guongsang[cluster]'",
        "en": "The library for several machines is missing. "
        "Install it: pip install 'guongsang[cluster]'",
    },
    "cluster-unreachable": {
        "vi": "Không nối được tới {address}. Xem lại địa chỉ, và lệnh dask scheduler đã chạy chưa.",
        "en": "{address} cannot be reached. Check the address, and whether dask scheduler runs.",
    },
    "cluster-empty": {
        "vi": "Ở {address} chưa có máy nào làm việc. Chạy dask worker trên từng máy trước.",
        "en": "There is no worker at {address}. Start dask worker on each machine first.",
    },
    "cluster-files": {
        "vi": "Máy {worker} không thấy {folder}. Mọi máy phải thấy thư mục tòa soạn ở cùng một "
        "đường dẫn.",
        "en": "The worker {worker} does not see {folder}. "
        "All machines must see the newsroom's folder under one path.",
    },
    "cluster-versions": {
        "vi": "Máy {worker} dùng thư viện ảnh khác ({found}, máy này {wanted}): "
        "cài cùng requirements.lock trên mọi máy.",
        "en": "The worker {worker} has other photo libraries ({found}, here {wanted}): "
        "install the same requirements.lock on all machines.",
    },
    "cluster-lost": {
        "vi": "Mất liên lạc với các máy ở {address} khi đang làm. Ảnh đã làm xong được giữ; "
        "chạy lại lệnh này để làm nốt.",
        "en": "The machines at {address} were lost during the work. Finished photos are kept; "
        "run this again for the rest.",
    },
    "pruned": {
        "vi": "Đã xóa {files} tệp thừa, {size}.",
        "en": "Deleted {files} unused files, {size}.",
    },
    "shrunk": {
        "vi": "{path}: {before} → {after}, {width}×{height} px{removed}",
        "en": "{path}: {before} → {after}, {width}×{height} px{removed}",
    },
    "shrunk-removed": {"vi": ", đã bỏ: {names}", "en": ", removed: {names}"},
    "shrunk-all": {
        "vi": "Đã thu {photos} ảnh: {before} → {after} ({saved}).",
        "en": "Shrunk photos {photos}: {before} → {after} ({saved}).",
    },
    "shrink-planned": {
        "vi": "Sẽ thu {photos} ảnh: {before} → {after} ({saved}).",
        "en": "Would shrink photos {photos}: {before} → {after} ({saved}).",
    },
    "nothing-to-shrink": {
        "vi": "Không có ảnh nào cần thu nhỏ.",
        "en": "No photo needs shrinking.",
    },
    "no-summary": {
        "vi": "Không ghi được bảng tóm tắt của GitHub: {reason}.",
        "en": "The summary for GitHub could not be written: {reason}.",
    },
    "usage-unknown-option": {
        "vi": "Không có tùy chọn {name}.",
        "en": "There is no option {name}.",
    },
    "usage-unknown-command": {
        "vi": "Không có lệnh {name}.",
        "en": "There is no command {name}.",
    },
    "usage-bad-value": {
        "vi": "Giá trị của {name} không dùng được: {value}",
        "en": "The value of {name} cannot be used: {value}",
    },
    "usage-choice": {
        "vi": "“{given}”; cần một trong: {known}.",
        "en": "“{given}”; one of: {known}.",
    },
    "usage-range": {
        "vi": "“{given}”; cần số từ {least} đến {most}.",
        "en": "“{given}”; a number from {least} to {most}.",
    },
    "usage-folder": {"vi": "không có “{given}”.", "en": "there is no “{given}”."},
    "usage-no-value": {"vi": "Sau {name} thiếu giá trị.", "en": "A value is missing after {name}."},
    "usage-missing": {"vi": "Thiếu {name}.", "en": "{name} is missing."},
    "usage-other": {"vi": "Lệnh gõ chưa đúng: {value}", "en": "Wrong usage: {value}"},
    "usage-near": {"vi": " Có phải: {near}?", "en": " Did you mean: {near}?"},
    "usage-help": {
        "vi": "Xem: {command} --help",
        "en": "See: {command} --help",
    },
    **TEXTS_DEPLOY,
    **TEXTS_DESK,
    **TEXTS_INIT,
    **TEXTS_IMPORT,
    **TEXTS_OFFICE,
    **TEXTS_OLD_SITE,
    **TEXTS_PAPER,
    **TEXTS_SCRIPT,
}


def say(key: str, lang: str, **args: object) -> str:
    """Return a text in a language, filled."""
    return TEXTS[key][lang].format(**args)
