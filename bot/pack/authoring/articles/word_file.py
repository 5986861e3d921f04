"""Word and OpenDocument files: headings and paragraphs, and by name what cannot come along."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from bot.pack.authoring.articles.article import Article, ArticleError

FORMULA = "〔公式〕"  # stands where a formula was
LONGEST_HEADING = 40  # characters of a paragraph in bold that is one
SHOWN = 3  # of what was left out, told by their words
MOST_XML = 5_000_000  # bytes of a .docx unpacked, which take 250 MB: a thesis has 3
LARGEST = 50_000_000  # bytes of text unpacked: a long novel has a twentieth

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_docx(raw: bytes) -> Article:
    """Return the text of a Word file; formulas are marked, footnotes become notes.

    Raises:
        ArticleError: it cannot be opened.
    """
    import docx  # noqa: PLC0415  lxml takes a while to load
    from docx.table import Table  # noqa: PLC0415  as above

    _refuse_large(raw)
    try:
        document = docx.Document(BytesIO(raw))
    except Exception as error:  # the library raises whatever zip, XML and its own parts raise
        raise ArticleError(
            "這個 .docx 打不開，可能壞了：請用文書軟體重新另存 / damaged .docx: save it anew"
        ) from error
    blocks = [
        _table([[cell.text for cell in row.cells] for row in block.rows])
        if isinstance(block, Table)
        else _paragraph(block)
        for block in document.iter_inner_content()
    ]
    formulas = [_near(each, f"{_W}p", _docx_text) for each in document.element.iter(f"{_M}oMath")]
    boxes = [
        "".join(t.text or "" for t in each.iter(f"{_W}t"))
        for each in document.element.iter(f"{_W}txbxContent")
    ]
    notes = list(_docx_notes(document))
    properties = document.core_properties
    return Article(
        "\n\n".join(filter(None, blocks)),
        properties.title or "",
        properties.author or "",
        tuple(notes),
        tuple(_told(formulas, notes, list(dict.fromkeys(boxes)))),
    )


def _refuse_large(raw: bytes) -> None:
    """Look at what the file says of itself, before it is parsed: that takes fifty times the room.

    Raises:
        ArticleError: it is larger than any article.
    """
    try:
        with ZipFile(BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml"))
    except BadZipFile:
        return  # said when it is opened
    if size > MOST_XML:
        raise ArticleError(
            f"這個 .docx 解開有 {size:,} 位元組的文字，超過上限 {MOST_XML:,}：請只留要讀的章節，或另存成 .txt"
            f" / its text has more than {MOST_XML:,} bytes: keep only what is to be read, or save as .txt"
        )


def _told(formulas: list[str], notes: list[str], boxes: list[str]) -> Iterator[str]:
    """Yield what was left out, counted, each with the words that show which it is."""
    for found, chinese, english in (
        (formulas, "個公式沒有讀進來，原處寫成" + FORMULA, "formulas were left out"),
        (notes, "則註腳沒有放進段落，列在 reading.md 最後", "footnotes stand at the end of reading.md"),
        (boxes, "個文字方塊沒有讀進來", "text boxes were left out"),
    ):
        if found:
            shown = "、".join(f"「{each[:20]}」" for each in found[:SHOWN]) + (
                "…" if len(found) > SHOWN else ""
            )
            yield f"{len(found)} {chinese}：{shown} / {len(found)} {english}"


def _near(element: Any, tag: str, text_of: Any) -> str:
    """Return the words of the paragraph that an element stands in, those right before it first."""
    around = next(element.iterancestors(tag), None)
    before, _, after = text_of(around).partition(FORMULA) if around is not None else ("", "", "")
    return (before[-20:] or after[:20]) or FORMULA


def _docx_text(element: Any) -> str:
    """Return a paragraph's text with a mark for each formula."""
    out = []
    for each in element.iter():
        if each.tag == f"{_M}oMath":
            out.append(FORMULA)
        elif each.tag == f"{_W}t" and not any(up.tag == f"{_W}txbxContent" for up in each.iterancestors()):
            out.append(each.text or "")
        elif each.tag in {f"{_W}tab", f"{_W}br"} and each.getparent().tag == f"{_W}r":
            out.append("\n" if each.tag == f"{_W}br" else " ")
    return "".join(out)


def _paragraph(paragraph: Any) -> str:
    text = _docx_text(paragraph._p).strip()  # noqa: SLF001  its own text leaves formulas out silently
    style = str(getattr(paragraph.style, "name", "") or "")
    if style == "Caption":
        return f"圖：{text}" if text else ""
    if text and style == "Title":
        return f"# {text}"
    bold = [run.bold for run in paragraph.runs if run.text.strip()]
    heads = style.startswith("Heading") or (
        bool(bold) and all(bold) and len(text) <= LONGEST_HEADING and text[-1:] not in "。，；,."
    )
    return f"## {text}" if text and heads else text


def _table(rows: list[list[str]]) -> str:
    """Return a table as a line for each row: nothing that stands in the document is left out."""
    spaced = [[" ".join(cell.split()) for cell in row] for row in rows]
    return "\n\n".join("｜".join(row) for row in spaced if any(row))


def _docx_notes(document: Any) -> Iterator[str]:
    from docx.oxml import parse_xml  # noqa: PLC0415  with its library

    for kind in ("footnote", "endnote"):
        for related in document.part.rels.values():
            if related.reltype.endswith(f"/{kind}s"):
                for note in parse_xml(related.target_part.blob).iter(f"{_W}{kind}"):
                    text = "".join(each.text or "" for each in note.iter(f"{_W}t")).strip()
                    if text and note.get(f"{_W}type") is None:
                        yield f"註 {note.get(f'{_W}id')}：{text}"


def read_odt(raw: bytes) -> Article:
    """Return the text of an OpenDocument file, formulas marked, footnotes as notes.

    Raises:
        ArticleError: it cannot be opened, or it unpacks to more than any article has.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415  a safe reader of XML that is there

    try:
        with ZipFile(BytesIO(raw)) as archive:
            if any(archive.getinfo(name).file_size > LARGEST for name in ("content.xml", "meta.xml")):
                raise ArticleError("這個 .odt 解開以後太大 / this .odt is too large when unpacked")
            content, meta = parse_xml(archive.read("content.xml")), parse_xml(archive.read("meta.xml"))
    except (
        BadZipFile,
        KeyError,
        ValueError,
        SyntaxError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ) as error:
        raise ArticleError(
            "這個 .odt 打不開，可能壞了：請用文書軟體重新另存 / damaged .odt: save it anew"
        ) from error
    body = next(content.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"), content)
    notes = [f"註 {n}：{_odt_text(note)}" for n, note in enumerate(content.iter(f"{_TEXT}note-body"), 1)]
    formulas = [_near(each, f"{_TEXT}p", _odt_text) for each in content.iter(f"{_DRAW}object")]
    said = {each.tag: (each.text or "").strip() for each in meta.iter() if isinstance(each.tag, str)}
    return Article(
        "\n\n".join(filter(None, _odt_blocks(body))),
        said.get(f"{_DC}title", ""),
        said.get("{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}initial-creator", "")
        or said.get(f"{_DC}creator", ""),
        tuple(notes),
        tuple(_told(formulas, notes, [])),
    )


def _odt_blocks(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_TEXT}h":
            yield f"## {_odt_text(child).strip()}"
        elif child.tag == f"{_TEXT}p":
            style = str(child.get(f"{_TEXT}style-name") or "")
            text = _odt_text(child).strip()
            yield f"# {text}" if style == "Title" and text else text
        elif child.tag == f"{_TABLE}table":
            yield _table(
                [
                    [_odt_text(cell) for cell in row.iter(f"{_TABLE}table-cell")]
                    for row in child.iter(f"{_TABLE}table-row")
                ]
            )
        elif isinstance(child.tag, str) and not child.tag.endswith(("}tracked-changes", "}table-of-content")):
            yield from _odt_blocks(child)


def _odt_text(element: Any) -> str:
    out = [element.text or ""]
    for child in element:
        if child.tag in {f"{_TEXT}s", f"{_TEXT}tab"}:
            out.append(" ")
        elif child.tag == f"{_TEXT}line-break":
            out.append("\n")
        elif child.tag == f"{_DRAW}frame" and child.find(f"{_DRAW}object") is not None:
            out.append(FORMULA)
        elif isinstance(child.tag, str) and not child.tag.endswith(("}note", "}annotation", "}frame")):
            out.append(_odt_text(child))
        out.append(child.tail or "")
    return "".join(out)
