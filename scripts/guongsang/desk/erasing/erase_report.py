"""What an erasure has done, and what nobody here can do: in words, to be kept with its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from guongsang.desk.erasing.erase import Erasure
from guongsang.registers.prints import Print

_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "erased": {
        "vi": "Ngày {date}: đã xóa {paths}; sổ địa chỉ chỉ còn dấu băm của {addresses}. Bản xem "
        "trước và những gì .cache giữ của chúng cũng đã xóa.\n"
        "Dựng lại (guongsang build) và đăng lên để bài biến khỏi mọi trang, ảnh, tìm kiếm, nguồn "
        "tin và tệp dữ liệu.",
        "en": "{date}: {paths} erased; the ledger keeps only the digest of {addresses}. The "
        "preview and what .cache held of them are gone, too.\n"
        "Build (guongsang build) and publish to take them out of all pages, photos, search, feeds "
        "and data.",
    },
    "would-erase": {
        "vi": "Ngày {date}: sẽ xóa {paths} và địa chỉ {addresses}; chưa làm gì.",
        "en": "{date}: {paths} and the address {addresses} would be erased; nothing is done.",
    },
    "out-of-reach": {
        "vi": "Máy không xóa được:\n"
        "– lịch sử git: người quản trị kho chạy git filter-repo --invert-paths {paths}\n"
        "– bản đọc khi mất mạng trên máy của bạn đọc: mất khi họ mở lại bài ấy lúc có mạng, chậm "
        "nhất sau một tháng; muốn nhanh hơn thì đăng bài ở status: retracted trước, rồi mới xóa\n"
        "{printed}"
        "– bản sao của người khác, bản lưu của .cache trên máy dựng trang, bộ nhớ của công cụ tìm "
        "kiếm.",
        "en": "Out of reach:\n"
        "– git history: an administrator runs git filter-repo --invert-paths {paths}\n"
        "– copies that readers' devices keep for reading offline: they go when the story is opened "
        "again with a network, after a month at the latest; sooner if it is published with status: "
        "retracted first and erased afterwards\n"
        "{printed}"
        "– other people's copies, copies of .cache on machines that build, the memory of search "
        "engines.",
    },
    "printed": {
        "vi": "– giấy đã in: {printed}. Ngừng phát, thu lại những bản thu được; tệp trong an-pham/ "
        "trên máy này thì xóa cùng\n",
        "en": "– what was printed: {printed}. Stop handing it out, take back what you can; the "
        "files in an-pham/ on this machine go along\n",
    },
}


def format_erasure(
    erasure: Erasure,
    lang: str,
    today: dt.date,
    *,
    dry_run: bool,
    printed: Sequence[Print] = (),
) -> str:
    """Return a dated report of what is erased, or would be, and of what is left to do.

    `printed` are the prints that show it on paper.
    """
    addresses, paths = ", ".join(erasure.addresses), ", ".join(erasure.paths)
    told = _TEXTS["would-erase" if dry_run else "erased"][lang].format(
        paths=paths, addresses=addresses, date=f"{today:%d/%m/%Y}"
    )
    wanted = " ".join(f"--path {path}" for path in (*erasure.paths, *erasure.former))
    names = ", ".join(each.words for each in printed)
    on_paper = _TEXTS["printed"][lang].format(printed=names) if printed else ""
    return f"{told}\n{_TEXTS['out-of-reach'][lang].format(paths=wanted, printed=on_paper)}"
