"""What `guongsang deploy` says."""

from __future__ import annotations

from typing import Final

TEXTS_DEPLOY: Final[dict[str, dict[str, str]]] = {
    "deploy": {
        "vi": "Đưa site/ lên máy chủ, chỉ gửi tệp thay đổi; không lúc nào có liên kết gãy.\n\n"
        "TARGET: tên một nơi trong deploy.toml; chỉ có một nơi thì khỏi gõ. Bị ngắt thì gõ lại "
        "đúng lệnh ấy: máy làm nốt.",
        "en": "Upload site/, sending only files that changed; at no moment is a link broken.\n\n"
        "TARGET: the name of a place in deploy.toml; where there is one only it need not be typed. "
        "Whoever is interrupted types the same again for the rest.",
    },
    "opt.max-removed": {
        "vi": "Phải xóa nhiều tệp hơn số này thì dừng trước khi ghi (mặc định 200).",
        "en": "Stop before anything is written if more files than this would go (default 200).",
    },
    "opt.take-over": {
        "vi": "Thay người đang đăng dở đã im lặng quá mười phút.",
        "en": "Take over from somebody whose upload has been silent for ten minutes.",
    },
    "opt.verify": {
        "vi": "Đọc lại mọi tệp trên máy chủ, gửi lại tệp nào hỏng hay mất.",
        "en": "Read every file at the far end, and send again what is damaged or missing.",
    },
    "deployed": {
        "vi": "Đã đăng lên “{target}” trong {seconds} giây: {added} tệp mới, {changed} tệp đổi, "
        "{removed} tệp bỏ; gửi {size}.",
        "en": "Uploaded to “{target}” in {seconds} s: files added {added}, changed {changed}, "
        "removed {removed}; {size} sent.",
    },
    "deploy-same": {
        "vi": "“{target}” đã giống hệt site/, không phải gửi gì ({seconds} giây).",
        "en": "“{target}” is equal to site/; nothing to send ({seconds} s).",
    },
    "would-deploy": {
        "vi": "Sẽ đăng lên “{target}”: {added} tệp mới, {changed} tệp đổi, {removed} tệp bỏ; gửi "
        "{size}. Chưa ghi gì.",
        "en": "Would upload to “{target}”: files added {added}, changed {changed}, removed "
        "{removed}; {size} to send. Nothing is written.",
    },
    "deploy-damaged": {
        "vi": "Trên máy chủ có {count} tệp hỏng hay mất.",
        "en": "Files damaged or missing at the far end: {count}.",
    },
    "deploy-wait": {
        "vi": "Đang có lần dựng trang (tiến trình {pid}, từ {since}): chờ nó xong.",
        "en": "A build is running (process {pid}, since {since}): waiting for its end.",
    },
    "deploy-password": {
        "vi": "Mật khẩu của {user} ở {host}",
        "en": "Password of {user} at {host}",
    },
    "deploy-progress": {"vi": "Gửi", "en": "Sending"},
    "deploy-rate": {"vi": "{rate}/giây", "en": "{rate}/s"},
    "deploy-target": {
        "vi": "Gõ thêm nơi đăng, một trong: {known}.",
        "en": "Name the place, one of: {known}.",
    },
}
