"""Word documents made piece by piece, as Word's own programs write them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "http://schemas.openxmlformats.org/officeDocument/2006"
SPACES = {
    "w": W,
    "r": f"{OPEN}/relationships",
    "m": f"{OPEN}/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in SPACES.items())
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="28"/></w:rPr>
</w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Tiu1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Tiu2"><w:name w:val="heading 2"/><w:basedOn w:val="Tiu1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Tiu"><w:name w:val="Title"/>
<w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Chuthich"><w:name w:val="caption"/>
<w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
LEVEL = (
    '<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)
# 1 has signs, 2 numbers, 3 letters, 4 "Điều 1."
LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">'
    + "".join(LEVEL.format(depth=d, form=form, text=text.replace("?", str(d + 1))) for d in (0, 1))
    + "</w:abstractNum>"
    for n, form, text in (
        (1, "bullet", "\uf0b7"),
        (2, "decimal", "%?."),
        (3, "lowerLetter", "%?)"),
        (4, "decimal", "Điều %?."),
    )
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3, 4))


def jpeg(width=120, height=80, colour=(200, 40, 40), **options):
    """Return a JPEG whose left half has one colour and whose right half is blue."""
    image = Image.new("RGB", (width, height), (30, 30, 200))
    image.paste(colour, (0, 0, width // 2, height))
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def run(text="", *, inner="", **look):
    """Return a run: `bold italic struck hidden` are switches, `font size raised style` values."""
    said = ""
    if "style" in look:
        said += f'<w:rStyle w:val="{look["style"]}"/>'
    if "font" in look:
        font = quoteattr(look["font"])
        said += f"<w:rFonts w:ascii={font} w:hAnsi={font}/>"
    for key, tag in (("bold", "b"), ("italic", "i"), ("struck", "strike"), ("hidden", "vanish")):
        said += f"<w:{tag}/>" if look.get(key) else ""
    if "size" in look:
        said += f'<w:sz w:val="{round(look["size"] * 2)}"/>'
    if "raised" in look:
        said += f'<w:vertAlign w:val="{look["raised"]}"/>'
    for sign, tag in (("\t", "tab"), ("\n", "br"), ("\xad", "softHyphen")):
        text = text.replace(sign, f"\0{tag}\0")
    for at, piece in enumerate(text.split("\0")):
        if at % 2:
            inner += f"<w:{piece}/>"
        elif piece:
            inner += f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r><w:rPr>{said}</w:rPr>{inner}</w:r>"


def p(*content, style="", align="", listed=None, mark="", **look):
    """Return a paragraph of runs, or of one text with a look."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed:
        said += f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
    said += f'<w:jc w:val="{align}"/>' if align else ""
    said += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    inner = "".join(each if each.startswith("<") else run(each, **look) for each in content)
    return f"<w:p><w:pPr>{said}</w:pPr>{inner}</w:p>"


def table(*rows):
    """Return a table; a cell is the XML of its blocks, or a text."""
    made = ""
    for row in rows:
        cells = (each if each.startswith("<") else p(each) for each in row)
        made += f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def box(*blocks):
    """Return a run that holds a box of text, in both forms in which Word writes it."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def tracked(kind, inner):
    """Return content that was inserted ("ins") or deleted ("del")."""
    if kind == "del":
        inner = inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:{kind} w:id="9" w:author="x">{inner}</w:{kind}>'


def field(code, *runs):
    """Return runs that a field made."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return f"{sign('begin')}{told}{sign('separate')}{''.join(runs)}{sign('end')}"


class Word:
    """A document: add blocks, then ask for its bytes."""

    def __init__(self, *blocks: str) -> None:
        self.blocks = list(blocks)
        self.parts: dict[str, bytes] = {}
        self.relations: list[tuple[str, str, bool]] = [
            ("styles", "styles.xml", False),
            ("numbering", "numbering.xml", False),
        ]
        self.notes: list[str] = []

    def add(self, *blocks: str) -> Word:
        self.blocks += blocks
        return self

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of a new relationship."""
        self.relations.append((kind, target, external))
        return f"rId{len(self.relations)}"

    def link(self, target: str, text: str, **look: object) -> str:
        identity = self.relate("hyperlink", target, external=True)
        return f'<w:hyperlink r:id="{identity}">{run(text, **look)}</w:hyperlink>'

    def note(self, *blocks: str) -> str:
        """Return a run with the sign of a new footnote."""
        self.notes.append("".join(blocks))
        return f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'

    def picture(self, content=None, name="", *, alt="", crop="", form="", external=False) -> str:
        """Return a run that shows a picture; `crop` and `form` are attributes of Word's."""
        name = name or f"image{len(self.parts) + 1}.jpeg"
        if external:
            told = f'r:link="{self.relate("image", name, external=True)}"'
        else:
            self.parts[f"word/media/{name}"] = jpeg() if content is None else content
            told = f'r:embed="{self.relate("image", f"media/{name}")}"'
        return (
            "<w:r><w:drawing><wp:inline><wp:extent cx='2400000' cy='1600000'/>"
            f"<wp:docPr id='1' name='Picture 1' descr={quoteattr(alt)}/>"
            f"<a:graphic><a:graphicData uri='{SPACES['pic']}'><pic:pic><pic:nvPicPr>"
            "<pic:cNvPr id='1' name='Picture 1'/><pic:cNvPicPr/></pic:nvPicPr>"
            f"<pic:blipFill><a:blip {told}/><a:srcRect {crop}/><a:stretch><a:fillRect/></a:stretch>"
            f"</pic:blipFill><pic:spPr><a:xfrm {form}><a:off x='0' y='0'/>"
            "<a:ext cx='2400000' cy='1600000'/></a:xfrm><a:prstGeom prst='rect'/></pic:spPr>"
            "</pic:pic></a:graphicData>"
            "</a:graphic></wp:inline></w:drawing></w:r>"
        )

    def save(self, **more: bytes | str) -> bytes:
        """Return the file; `more` are parts by their names below word/, with "_" for a dot."""
        parts = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations([("officeDocument", "word/document.xml", False)]),
            "word/document.xml": _tree("document", f"<w:body>{''.join(self.blocks)}</w:body>"),
            "word/styles.xml": _tree("styles", STYLES),
            "word/numbering.xml": _tree("numbering", LISTS),
        }
        if self.notes:
            self.relate("footnotes", "footnotes.xml")
            notes = (
                f'<w:footnote w:id="{n}">{each}</w:footnote>'
                for n, each in enumerate(self.notes, start=1)
            )
            parts["word/footnotes.xml"] = _tree("footnotes", "".join(notes))
        for name, content in more.items():
            kind = name.removesuffix("_xml").rstrip("0123456789")
            target = name.replace("_", ".")
            parts[f"word/{target}"] = content
            if name.endswith("_xml"):
                self.relate(kind, target)
                parts[f"word/{target}"] = _tree(_ROOTS[kind], str(content))
        parts["word/_rels/document.xml.rels"] = _relations(self.relations)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in {**parts, **self.parts}.items():
                packed.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, 8)
        return file.getvalue()


_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Default Extension="wmf" ContentType="image/x-wmf"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{name}+xml"/>'
        for name in ("styles", "numbering", "footnotes")
    )
    + "</Types>"
)
_ROOTS = {"header": "hdr", "footer": "ftr", "comments": "comments"}


def _tree(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMES}>{inner}</w:{root}>'


def _relations(relations: list[tuple[str, str, bool]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{n}" Type="{OPEN}/relationships/{kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + quoteattr('External') if external else ''}/>"
        for n, (kind, target, external) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'
