"""What an upload has to say, whoever started it: one line each."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, dict[str, str]]] = {
    "deploy-resumed": {
        "vi": "Lần đăng trước bị ngắt: máy làm nốt phần còn thiếu.",
        "en": "The last upload was interrupted: the rest of it was done.",
    },
    "deploy-reload": {
        "vi": "Tệp cài đặt cho nginx đã đổi: nhờ người quản trị chạy nginx -s reload để máy chủ "
        "đọc lại.",
        "en": "The settings for nginx have changed: ask the administrator to run nginx -s reload.",
    },
    "deploy-too-many": {
        "vi": "Phải xóa {count} tệp trên máy chủ, nhiều hơn {most}; chưa ghi gì. Nếu đúng là muốn "
        "xóa (xem bằng --dry-run): thêm --max-removed {count}.",
        "en": "{count} files would be removed from the server, more than {most}; nothing is "
        "written. If that is meant (look with --dry-run): add --max-removed {count}.",
    },
    "deploy-not-built": {
        "vi": "Chưa có trang nào trong site/. Chạy guongsang build trước.",
        "en": "There is no site in site/. Run guongsang build first.",
    },
    "deploy-unfinished": {
        "vi": "Lần dựng trang gần nhất chưa xong, hoặc site/ mất tệp. Chạy guongsang build rồi "
        "đăng lại.",
        "en": "The last build has not come to its end, or files of site/ are gone. Run guongsang "
        "build, then deploy again.",
    },
    "deploy-rebuilt": {
        "vi": "site/ vừa đổi trong lúc đang gửi. Đăng lại để có bản mới.",
        "en": "site/ has changed while it was being sent. Deploy again to publish what is new.",
    },
    "deploy-busy-build": {
        "vi": "Có lần dựng trang khác (tiến trình {pid}, từ {since}) mãi chưa xong. Đợi xong hãy "
        "đăng.",
        "en": "Another build (process {pid}, since {since}) does not end. Deploy after it.",
    },
    "deploy-stopped": {
        "vi": "Đã dừng. Đăng lại để gửi nốt phần còn thiếu.",
        "en": "Stopped. Deploy again for the rest.",
    },
    # deploy.toml
    "deploy.toml-no-config": {
        "vi": "Chưa có deploy.toml trong thư mục tòa soạn. Xem “Đưa lên mạng” trong hướng dẫn.",
        "en": "There is no deploy.toml in the newsroom's folder. See “Đưa lên mạng” in the guide.",
    },
    "deploy.toml-unreadable": {
        "vi": "Không đọc được deploy.toml: {said}.",
        "en": "deploy.toml cannot be read: {said}.",
    },
    "deploy.toml-toml": {
        "vi": "deploy.toml dòng {line}: không đúng cách viết TOML.",
        "en": "deploy.toml line {line}: this is not TOML.",
    },
    "deploy.toml-no-target": {
        "vi": 'deploy.toml cần ít nhất một nơi: dòng [target.chinh], dưới nó to = "{example}".',
        "en": 'deploy.toml needs a place: a line [target.chinh], below it to = "{example}".',
    },
    "deploy.toml-name": {
        "vi": "deploy.toml: tên nơi “{name}” chỉ được có chữ thường không dấu, số và dấu gạch nối.",
        "en": "deploy.toml: the place “{name}” may only have small letters, digits and hyphens.",
    },
    "deploy.toml-key": {
        "vi": "deploy.toml, {target}: không có khóa “{found}”. Có phải: {near}?",
        "en": "deploy.toml, {target}: there is no key “{found}”. Did you mean: {near}?",
    },
    "deploy.toml-value": {
        "vi": "deploy.toml, {target}: {found} cần chữ trong ngoặc kép; keep cần danh sách "
        '["…", "…"].',
        "en": "deploy.toml, {target}: {found} takes a text in quotes; keep takes a list "
        '["…", "…"].',
    },
    "deploy.toml-server": {
        "vi": "deploy.toml, {target}: server cần một trong: {known}.",
        "en": "deploy.toml, {target}: server takes one of: {known}.",
    },
    "deploy.toml-to": {
        "vi": "deploy.toml, {target}: to cần một thư mục, hoặc sftp://, ftps://, s3://, ví dụ "
        '"{example}".',
        "en": "deploy.toml, {target}: to takes a folder, or sftp://, ftps://, s3://, such as "
        '"{example}".',
    },
    "deploy.toml-self": {
        "vi": "deploy.toml, {target}: nơi đăng không được nằm trong site/, hay chứa nó.",
        "en": "deploy.toml, {target}: the place may not lie in site/, nor hold it.",
    },
    "deploy.toml-secret": {
        "vi": "deploy.toml, {target}: tệp này nằm trong git, không được có mật khẩu. Xóa đi, đổi "
        "mật khẩu ở máy chủ, rồi đặt biến môi trường {variable}.",
        "en": "deploy.toml, {target}: this file is in git; no password may stand in it. Take it "
        "out, change it at the server, then set the variable {variable}.",
    },
    "deploy.toml-ftp": {
        "vi": "deploy.toml, {target}: ftp:// gửi mật khẩu cho ai cũng đọc được. Dùng ftps://.",
        "en": "deploy.toml, {target}: ftp:// sends the password for all to read. Use ftps://.",
    },
    # What goes wrong at the far end: one line each.
    "far-password": {
        "vi": "{host} không nhận mật khẩu hay khóa của “{user}”. Mật khẩu đặt ở biến {variable}.",
        "en": "{host} takes neither password nor key of “{user}”. The password goes into "
        "{variable}.",
    },
    "far-key": {
        "vi": "Không dùng được khóa {path}: sai định dạng, hoặc thiếu mật khẩu của khóa.",
        "en": "The key {path} cannot be used: wrong format, or its password is missing.",
    },
    "far-unknown-host": {
        "vi": "Chưa biết máy chủ {host}. Hỏi nơi cho thuê dấu vân tay có đúng là {fingerprint} "
        'không; đúng thì thêm vào deploy.toml: host_key = "{fingerprint}".',
        "en": "The server {host} is not known. Ask its operator whether {fingerprint} is its "
        'fingerprint; if so add to deploy.toml: host_key = "{fingerprint}".',
    },
    "far-other-host": {
        "vi": "{host} đưa khóa khác với khóa đã ghi ({fingerprint}). Có thể ai đó giả máy chủ: "
        "đừng đăng, hỏi nơi cho thuê.",
        "en": "{host} shows another key than the one written down ({fingerprint}). Somebody may "
        "pose as the server: do not deploy, ask its operator.",
    },
    "far-host-key": {
        "vi": "host_key trong deploy.toml cần dạng SHA256:… hoặc “ssh-ed25519 AAAA…”.",
        "en": "host_key in deploy.toml takes SHA256:… or “ssh-ed25519 AAAA…”.",
    },
    "far-refused": {
        "vi": "{host} không mở cổng {port}. Xem lại địa chỉ và cổng, hoặc tường lửa.",
        "en": "{host} refuses port {port}. Check address and port, or the firewall.",
    },
    "far-unknown-name": {
        "vi": "Không có máy chủ nào tên “{host}”. Xem lại địa chỉ trong deploy.toml, và mạng.",
        "en": "There is no server called “{host}”. Check deploy.toml, and the network.",
    },
    "far-silent": {
        "vi": "{host} không trả lời. Thử lại sau; phần đã gửi được giữ.",
        "en": "{host} does not answer. Try again later; what was sent is kept.",
    },
    "far-lost": {
        "vi": "Mất kết nối với {host}. Đăng lại để gửi nốt phần còn thiếu.",
        "en": "The connection to {host} was lost. Deploy again for the rest.",
    },
    "far-certificate": {
        "vi": "Chứng thư của {host} không dùng được: {said}. Dùng đúng tên máy chủ mà nơi cho thuê "
        "chỉ, hoặc nhờ họ thay chứng thư.",
        "en": "The certificate of {host} does not hold: {said}. Use the server's name as its "
        "operator gives it, or ask for another certificate.",
    },
    "far-no-tls": {
        "vi": "{host} không có TLS: mật khẩu sẽ bị đọc trộm, nên không gửi. Nhờ nơi cho thuê bật "
        "FTPS hoặc SFTP.",
        "en": "{host} has no TLS: the password could be read, so it was not sent. Ask for FTPS or "
        "SFTP.",
    },
    "far-full": {
        "vi": "Máy chủ hết chỗ khi ghi {path}. Dọn bớt rồi đăng lại.",
        "en": "The server is full at {path}. Make room, then deploy again.",
    },
    "far-no-right": {
        "vi": "Không có quyền ghi, xóa hay đọc {path} trên máy chủ.",
        "en": "No right to write, remove or read {path} at the server.",
    },
    "far-no-folder": {
        "vi": "Không có thư mục “{folder}” ở nơi đăng. Xem lại to trong deploy.toml, hoặc tạo thư "
        "mục ấy trước.",
        "en": "There is no folder “{folder}” there. Check to in deploy.toml, or make it first.",
    },
    "far-no-parent": {
        "vi": "Thư mục của {path} trên máy chủ đã mất.",
        "en": "The folder of {path} at the server is gone.",
    },
    "far-busy": {
        "vi": "{who} đang đăng, từ {since}. Đợi xong rồi đăng lại.",
        "en": "{who} has been uploading since {since}. Wait for the end, then deploy again.",
    },
    "far-busy-silent": {
        "vi": "{who} đăng dở từ {since} và đã im lặng quá mười phút. Nếu chắc là đã dừng: thêm "
        "--take-over.",
        "en": "{who} began an upload at {since} and has been silent for ten minutes. If it has "
        "surely ended: add --take-over.",
    },
    "far-lost-lock": {
        "vi": "{who} đã đăng thay; lần đăng này dừng.",
        "en": "{who} has taken over; this upload stops.",
    },
    "far-state": {
        "vi": "Sổ của lần đăng trước trên máy chủ ({path}) hỏng hoặc mất. Xóa thư mục "
        "guongsang-deploy trên máy chủ, xóa tệp trang cũ bằng tay, rồi đăng lại từ đầu.",
        "en": "What the last upload noted at the server ({path}) is damaged or gone. Remove the "
        "folder guongsang-deploy there and the site's old files by hand, then deploy anew.",
    },
    "far-htaccess": {
        "vi": ".htaccess trên máy chủ mất một trong hai dòng “# BEGIN guongsang”, “# END "
        "guongsang”. Xóa phần còn lại của khối ấy rồi đăng lại.",
        "en": ".htaccess at the server has lost one of “# BEGIN guongsang”, “# END guongsang”. "
        "Remove the rest of that block, then deploy again.",
    },
    "far-bucket": {
        "vi": "Không có kho “{host}” ở {endpoint}. Xem lại to, endpoint và region trong "
        "deploy.toml.",
        "en": "There is no bucket “{host}” at {endpoint}. Check to, endpoint and region in "
        "deploy.toml.",
    },
    "far-library": {
        "vi": "Thiếu thư viện {name} để đăng lên nơi này. Cài: pip install 'guongsang[deploy]'",
        "en": "The library {name} for this place is missing. Install it: pip install "
        "'guongsang[deploy]'",
    },
    "far-other": {
        "vi": "Máy chủ không nhận {path}: {said}",
        "en": "The server does not take {path}: {said}",
    },
}
