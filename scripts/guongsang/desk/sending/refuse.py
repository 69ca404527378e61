"""Why something is not sent, in words; none of them is a word of git."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.desk.refuse import RefusedError

REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "no-git": {
        "vi": "Máy này chưa có git nên chưa gửi thẳng được. Cài từ git-scm.com rồi thử lại, hoặc "
        "dùng “Xuất gói” để gửi bài bằng thư hay Zalo.",
        "en": "This machine has no git, so nothing can be sent directly. Install it from "
        "git-scm.com and try again, or use “Make a package” and send the story by mail.",
    },
    "old-git": {
        "vi": "git trên máy này ({version}) quá cũ: cần bản 2.38 trở lên, có ở git-scm.com. Trong "
        "lúc chờ, dùng “Xuất gói”.",
        "en": "The git of this machine ({version}) is too old: 2.38 or newer is needed, from "
        "git-scm.com. Meanwhile use “Make a package”.",
    },
    "no-repo": {
        "vi": "Thư mục tòa soạn này chưa nối với kho bài chung. Nhờ người quản trị nối giúp, hoặc "
        "dùng “Xuất gói” để gửi bài bằng thư hay Zalo.",
        "en": "This newsroom's folder is not connected to a shared store of stories. Ask whoever "
        "looks after the site, or use “Make a package” and send the story by mail.",
    },
    "no-remote": {
        "vi": "Thư mục tòa soạn này chưa nối với kho bài chung nào. Nhờ người quản trị nối giúp, "
        "hoặc dùng “Xuất gói”.",
        "en": "This newsroom's folder is not connected to any shared store of stories. Ask whoever "
        "looks after the site, or use “Make a package”.",
    },
    "distrusted": {
        "vi": "Thư mục tòa soạn thuộc về một người dùng khác của máy, nên git không chịu làm việc "
        "ở đó. Nhờ người quản trị xem giúp.",
        "en": "The newsroom's folder belongs to another user of this machine, so git refuses to "
        "work in it. Ask whoever looks after the site.",
    },
    "unfinished": {
        "vi": "Có người đang làm dở việc khác với git trong cửa sổ lệnh. Nhờ người ấy làm cho xong "
        "rồi gửi lại; bài của bạn còn nguyên.",
        "en": "Somebody is in the middle of something else with git in a terminal. Let them end "
        "it, then send again; your story is untouched.",
    },
    "detached": {
        "vi": "Thư mục tòa soạn đang mở một bản cũ để xem, chưa gửi bài từ đó được. Nhờ người quản "
        "trị trở lại bản mới nhất.",
        "en": "The newsroom's folder shows an older version, nothing can be sent from there. Ask "
        "whoever looks after the site to go back to the newest one.",
    },
    "empty": {
        "vi": "Kho bài chung còn trống. Người quản trị gửi bản đầu tiên lên, rồi ai cũng gửi bài "
        "được.",
        "en": "The shared store of stories is empty. Whoever looks after the site sends the first "
        "version, then everybody can send stories.",
    },
    "who": {
        "vi": "Chưa biết ai gửi: cho biết tên và địa chỉ thư của bạn.",
        "en": "Nobody knows who is sending: tell your name and mail address.",
    },
    "who-wrong": {
        "vi": "Tên và địa chỉ thư cần đủ cả hai, ví dụ: Lò Thị Mẫu, mau@toasoan.vn",
        "en": "Both a name and a mail address are needed, such as: Lò Thị Mẫu, mau@toasoan.vn",
    },
    "offline": {
        "vi": "Chưa tới được kho bài chung: xem lại mạng rồi gửi lại. Bài vẫn nằm trên máy này.",
        "en": "The shared store of stories cannot be reached: look at the network, then send "
        "again. The story is still on this machine.",
    },
    "sign-in": {
        "vi": "Kho bài chung chưa nhận ra bạn. Nhờ người quản trị cho máy này quyền gửi bài; bài "
        "vẫn nằm trên máy này.",
        "en": "The shared store of stories does not know you. Ask whoever looks after the site to "
        "let this machine send; the story is still here.",
    },
    "stranger": {
        "vi": "Máy này chưa từng nối tới nơi giữ kho bài chung. Nhờ người quản trị nối một lần "
        "trong cửa sổ lệnh.",
        "en": "This machine has never met the place that keeps the shared store. Ask whoever looks "
        "after the site to connect once in a terminal.",
    },
    "not-allowed": {
        "vi": "Kho bài chung không cho gửi thẳng. Nhờ người quản trị đặt switches: review: true "
        "trong stories/registers/newsroom.yml để bài được gửi đi chờ duyệt.",
        "en": "The shared store takes nothing directly. Ask whoever looks after the site for "
        "switches: review: true in stories/registers/newsroom.yml, so that stories are sent for "
        "review.",
    },
    "busy": {
        "vi": "Nhiều người cùng gửi một lúc. Chờ một phút rồi gửi lại; bài vẫn nằm trên máy này.",
        "en": "Many people are sending at once. Wait a minute, then send again; the story is still "
        "on this machine.",
    },
    "nothing": {
        "vi": "Không có gì để gửi: mọi thứ đã ở kho bài chung.",
        "en": "There is nothing to send: the shared store has it all.",
    },
    "link": {
        "vi": "Chưa gửi: {path} là một liên kết tắt. Thay bằng tệp thật rồi gửi lại.",
        "en": "Not sent: {path} is a link. Put the real file in its place, then send again.",
    },
    "private": {
        "vi": "Chưa gửi: ảnh {path} còn mang nơi chụp hay tên người trong tệp, mà đã gửi thì không "
        "rút lại được. Bỏ ảnh rồi thả lại vào bàn biên tập, máy sẽ xóa giúp.",
        "en": "Not sent: the photo {path} still carries a place or a name inside, and what is sent "
        "cannot be taken back. Remove it and drop it on the desk page again, which cleans it.",
    },
    "unknown": {
        "vi": "Chưa gửi được, bài vẫn nằm trên máy này. Gửi tệp {log} cho người quản trị xem giúp.",
        "en": "Nothing was sent, the story is still on this machine. Show the file {log} to "
        "whoever looks after the site.",
    },
    "changed": {
        "vi": "Bài vừa được sửa trong lúc gửi. Xem lại rồi gửi lần nữa.",
        "en": "The story was changed while it was being sent. Look at it again, then send it.",
    },
}


class NotSentError(RefusedError):
    """Nothing was sent, and nothing here has changed. `reason` is a name of the table."""

    def message(self, lang: str = "vi") -> str:
        return REASONS[self.reason][lang].format(**self.args_told)
