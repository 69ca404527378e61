"""Small old sites, made up: their databases as the tools write them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

DAY = 86_400
START = 1_457_715_600  # 12 March 2016, midnight in Vietnam


@dataclass(frozen=True)
class Old:
    """A row of the module of news, with its body."""

    id: int
    title: str
    alias: str
    hometext: str
    bodyhtml: str
    catid: int = 1
    status: int = 1
    publtime: int = START
    exptime: int = 0
    author: str = ""
    homeimgfile: str = ""
    homeimgalt: str = ""
    sourceid: int = 0
    sourcetext: str = ""
    tags: tuple[str, ...] = ()
    pseudonyms: tuple[str, ...] = field(default=())


CATEGORIES = {
    1: ("guong-nguoi-tot", "Gương người tốt, việc tốt"),
    2: ("tin-tuc", "Tin tức"),
    3: ("giao-duc", "Giáo dục"),
}
SOURCES = {4: ("Báo Điện Biên Phủ", "https://bao-dien-bien.example/")}
LEDE = (
    "Mười hai năm nay, mỗi sáng thứ hai, ông Vàng A Páo lại gánh hai can nước lên điểm trường "
    "Hua Khắt để lũ trẻ có nước nấu cơm trưa."
)
OLD = (
    Old(
        7,
        "Người gánh nước lên Hua Khắt",
        "nguoi-ganh-nuoc-len-hua-khat",
        LEDE,
        '<p style="text-align: justify;">Ông bảo: &quot;Mình còn khỏe; trẻ đói thì không học '
        "được&quot;.</p>\n<p>Ống dẫn dài 900 m (đo bằng dây); giá 5\\7 &agrave;…</p>"
        '<p><img src="/uploads/news/2016_03/suoi.jpg" alt="Khe Nậm Lúc"></p>'
        "<p><em>Khe Nậm Lúc. Ảnh: Lò Văn Pâng</em></p>"
        "<p>It's 'xong'); INSERT INTO x VALUES (1);</p>"
        "<p>Em Giàng Thị Sua học lớp 4.</p>",
        author="Lò Văn Pâng",
        homeimgfile="2016_03/pao.jpg",
        homeimgalt="Ông Páo trên dốc",
        sourceid=4,
        tags=("nước sạch", "Hua Khắt"),
        publtime=START + 6 * 3600 + 30 * 60,
    ),
    Old(
        12,
        "Lớp ghép trên đỉnh dốc",
        "lop-ghep-tren-dinh-doc",
        "Hai mươi em, ba lớp, một cô giáo.",
        "<p>Hai mươi em, ba lớp, một cô giáo. Sáng nào cũng vậy.</p><p>😀 Vui lắm.</p>",
        catid=3,
        publtime=START + DAY,
        pseudonyms=("Vàng Thị Dợ",),
    ),
    Old(13, "Tin vắn", "tin-van", "Vắn.", "<p>Vắn.</p>", catid=2, publtime=START + 2 * DAY),
    Old(14, "Bài nháp", "bai-nhap", "", "<p>nháp</p>", status=4),
    Old(15, "Bài hẹn giờ", "bai-hen-gio", "", "<p>hẹn</p>", publtime=START + 100_000 * DAY),
    Old(16, "Bài hết hạn", "bai-het-han", "", "<p>hết</p>", exptime=START + DAY),
    Old(17, "Bài chờ duyệt", "bai-cho-duyet", "", "<p>chờ</p>", status=5),
)
ROW = (
    *("id", "catid", "listcatid", "author", "sourceid", "addtime", "status", "publtime", "exptime"),
    *("title", "alias", "hometext", "homeimgfile", "homeimgalt"),
)


def tables(posts=OLD, *, module="nv4_vi_news", bodies="detail"):
    """Return name, columns and rows of each table; `bodies` is where the version keeps them."""
    language = module.rpartition("_")[0]
    rows = [
        (
            *(p.id, p.catid, str(p.catid), p.author, p.sourceid, p.publtime, p.status, p.publtime),
            *(p.exptime, p.title, p.alias, p.hometext, p.homeimgfile, p.homeimgalt),
        )
        for p in posts
    ]
    yield f"{language}_modules", ("title", "module_data"), [("news", module.rpartition("_")[2])]
    yield (
        f"{module}_cat",
        ("catid", "title", "alias", "keywords"),
        [(key, name, alias, None) for key, (alias, name) in CATEGORIES.items()],
    )
    told = [(p.id, p.bodyhtml, p.sourcetext) for p in posts]
    yield f"{module}_{bodies}", ("id", "bodyhtml", "sourcetext"), told
    if bodies == "detail":
        tags = [(p.id, n, tag) for p in posts for n, tag in enumerate(p.tags)]
        yield f"{module}_tags_id", ("id", "tid", "keyword"), tags
        authors = [(p.id, n, name) for p in posts for n, name in enumerate(p.pseudonyms)]
        yield f"{module}_authorlist", ("id", "aid", "pseudonym"), authors
        yield f"{module}_rows", ROW, rows
    else:  # before there were tags
        words = [(*row, ",".join(p.tags)) for row, p in zip(rows, posts, strict=True)]
        yield f"{module}_rows", (*ROW, "keywords"), words
    sources = [(key, title, link) for key, (title, link) in SOURCES.items()]
    yield f"{module}_sources", ("sourceid", "title", "link"), sources
    yield f"{module}_comments", ("id", "content"), [(1, "không lấy; ('x');")]


def _backslashes(text):
    for sign, told in (("\\", "\\\\"), ("'", "\\'"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, told)
    return f"'{text}'"


def _addslashes(text):
    for sign in ("\\", "'", '"'):
        text = text.replace(sign, f"\\{sign}")
    return "'" + text.replace("\n", "") + "'"


def _doubled(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _hex(text):
    return f"0x{text.encode().hex()}" if text else "''"


def _create(name, columns):
    lines = ",\n".join(f"  `{each}` varchar(255) NOT NULL DEFAULT ''" for each in columns)
    return (
        f"DROP TABLE IF EXISTS `{name}`;\n/*!40101 SET @a = @@b */;\nCREATE TABLE `{name}` (\n"
        f"{lines},\n  PRIMARY KEY (`{columns[0]}`),\n  KEY `x` (`{columns[-1]}`)\n"
        ") ENGINE=MyISAM COMMENT='tên; (x)';\n"
    )


def _value(value, quote):
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else quote(value)


def _write(made, quote, *, head, whole, named=False, apart=False):
    parts = [head]
    for name, columns, rows in made:
        parts.append(f"--\n-- Table structure for table `{name}`; it's here\n--\n\n")
        parts.append(_create(name, columns))
        values = [f"({whole.join(_value(each, quote) for each in row)})" for row in rows]
        if not values:
            continue
        names = f" ({', '.join(f'`{each}`' for each in columns)})" if named else ""
        insert = f"INSERT INTO `{name}`{names} VALUES"
        if apart:
            parts += (f"{insert} {each};\n" for each in values)
        else:
            between = ",\n" if named else ", \n" if quote is _addslashes else ","
            parts.append(f"{insert}{chr(10) if between != ',' else ' '}{between.join(values)};\n")
        parts.append("/*!40000 ALTER TABLE `x` ENABLE KEYS */;\nUNLOCK TABLES;\n")
    return "".join(parts)


FORMS = {
    "nukeviet": lambda made: _write(
        made,
        _addslashes,
        head="-- NUKEVIET 4.0\n\nSET SQL_MODE=\"NO_AUTO_VALUE_ON_ZERO\";\nSET NAMES 'utf8';\n",
        whole=", ",
    ),
    "mysqldump": lambda made: _write(
        made, _backslashes, head="-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\n", whole=","
    ),
    "one-by-one": lambda made: _write(
        made, _backslashes, head="-- MySQL dump\n", whole=",", apart=True
    ),
    "phpmyadmin": lambda made: _write(
        made,
        _doubled,
        head='-- phpMyAdmin SQL Dump\nSET time_zone = "+00:00";\n',
        whole=", ",
        named=True,
    ),
    "ansi": lambda made: _write(
        made, _backslashes, head="-- MariaDB dump\nSET SQL_MODE='ANSI';\n", whole=","
    ).replace("`", '"'),
    "mariadb-hex": lambda made: _write(
        made,
        _hex,
        head="/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n",
        whole=",",
    ),
}


def dump(form="mysqldump", *, packed=False, **options):
    """Return a dump in one of the forms."""
    content = FORMS[form](list(tables(**options))).encode()
    return gzip.compress(content) if packed else content


def wxr(posts=OLD):
    """Return WordPress' export of the same posts, with its own ways of writing."""
    items = "".join(map(_item, posts))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">'
        "<channel><title>Trang cũ</title><wp:author><wp:author_login>pang</wp:author_login>"
        "<wp:author_display_name>Lò Văn Pâng</wp:author_display_name></wp:author>"
        "<item><title>anh</title><wp:post_type>attachment</wp:post_type><wp:post_id>90</wp:post_id>"
        "<wp:attachment_url>https://cu.example/wp-content/uploads/2016_03/pao.jpg"
        "</wp:attachment_url><excerpt:encoded>Ông Páo trên dốc</excerpt:encoded></item>"
        f"{items}</channel></rss>"
    ).encode()


_STATES = {1: "publish", 4: "draft", 5: "pending"}


def _item(post):
    alias, name = CATEGORIES[post.catid]
    body = post.bodyhtml.replace("/uploads/news/", "https://cu.example/wp-content/uploads/")
    thumb = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>90</wp:meta_value>"
    label = '<category domain="post_tag" nicename="x">{}</category>'.format
    tags = "".join(map(label, post.tags))
    return (
        f"<item><title>{escape(post.title)}</title>"
        f"<link>https://cu.example/2016/03/{post.alias}/</link><dc:creator>pang</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{post.hometext}]]></excerpt:encoded>"
        f"<wp:post_id>{post.id}</wp:post_id><wp:post_date>2016-03-12 13:30:00</wp:post_date>"
        f"<wp:post_name>{post.alias}</wp:post_name>"
        f"<wp:status>{_STATES.get(post.status, 'trash')}</wp:status>"
        f"<wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="{alias}">{escape(name)}</category>{tags}'
        f"{thumb + '</wp:postmeta>' if post.homeimgfile else ''}</item>"
    )


def many(count):
    """Return posts of some length each."""
    words = "Bà con góp công dẫn nước về bản, mỗi nhà một ngày, ai cũng vui. " * 12
    body = f"<p>{words}</p>" * 6
    return tuple(
        replace(OLD[0], id=n, title=f"Chuyện thứ {n} ở bản", alias=f"chuyen-{n}", bodyhtml=body)
        for n in range(1, count + 1)
    )
