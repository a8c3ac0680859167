"""Tells what a file is by its content, never by its name, and refuses by name what is not read."""

import json
import re
from pathlib import Path

from imports.problems import UnreadableFileError
from imports.unpacking.zips import DAMAGED, PROTECTED, open_zip, read_part

WORKBOOKS = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods"})

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"

SAVE_AS = "open the register in your spreadsheet program, save it as .xlsx or .csv and upload that."

# How files of other kinds begin, and what their owners call them.
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"{\\rtf", "a Rich Text document"),
    (b"SQLite format 3\0", "a database"),
    (b"\0\x01\0\0Standard", "an Access database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound or video file"),
)
OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x10\x00")

# Streams of an OLE container, which name themselves in UTF-16.
OLE_PARTS = (
    ("EncryptedPackage", PROTECTED),
    ("WordDocument", f"This is a Word document; {SAVE_AS}"),
    ("PowerPoint Document", f"This is a PowerPoint presentation; {SAVE_AS}"),
    ("__substg1.0", "This is an e-mail message; save the register attached to it and upload that."),
    ("VisioDocument", f"This is a Visio drawing; {SAVE_AS}"),
)

# Content types of Office containers; macros before plain, as the names begin alike.
OFFICE_TYPES = (
    (b"ms-excel.sheet.macroEnabled", "xlsm"),
    (b"ms-excel.template.macroEnabled", "xlsm"),
    (b"ms-excel.sheet.binary.macroEnabled", "xlsb"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
)
OTHER_CONTENTS = (
    (b"wordprocessingml", "a Word document"),
    (b"ms-word", "a Word document"),
    (b"presentationml", "a PowerPoint presentation"),
    (b"ms-powerpoint", "a PowerPoint presentation"),
    (b"opendocument.text", "a text document"),
    (b"opendocument.presentation", "a presentation"),
    (b"opendocument.graphics", "a drawing"),
    (b"epub+zip", "an electronic book"),
)
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_JSON_START = re.compile(r"\s*(\[\s*)?[\[{]\s*(\"|\{|\]|\}|\[|-?\d)")
_MARKUP = re.compile(
    r"\s*<(!doctype|!--|\?xml|html|head|body|table|meta|style|script|div)\b", re.IGNORECASE
)
_MARKUP_HEAD = 200_000


def sniff(path: Path, head: bytes) -> str:
    """One of `WORKBOOKS`, or "text" for what has to be decoded first."""
    if head.startswith(OLE):
        return _kind_of_ole(path)
    if head.startswith((ZIP, EMPTY_ZIP)):
        return _kind_of_zip(path)
    for signature, what in SIGNATURES:
        if head.startswith(signature) and not (signature == b"BM" and _is_mostly_text(head)):
            raise UnreadableFileError(f"This is {what}, not a spreadsheet; {SAVE_AS}")
    if head.startswith(OLD_EXCEL):
        raise UnreadableFileError(
            "This workbook is from a version of Excel before 1995; open it, save it as .xlsx and "
            "upload that."
        )
    if head[4:8] == b"ftyp":
        raise UnreadableFileError(f"This is a picture or video, not a spreadsheet; {SAVE_AS}")
    return "text"


def _kind_of_ole(path: Path) -> str:
    content = path.read_bytes()
    for stream, sentence in OLE_PARTS:
        if stream.encode("utf-16-le") in content:
            raise UnreadableFileError(sentence)
    if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        raise UnreadableFileError(DAMAGED)
    return "xls"


def _kind_of_zip(path: Path) -> str:
    with open_zip(path) as container:
        names = {entry.filename for entry in container.infolist()}
        declared = read_part(container, "[Content_Types].xml") + read_part(container, "mimetype")
        manifest = read_part(container, "META-INF/manifest.xml")
    if ODS_TYPE in declared or (ODS_TYPE in manifest and "content.xml" in names):
        if b"encryption-data" in manifest:
            raise UnreadableFileError(PROTECTED)
        return "ods"
    for content_type, kind in OFFICE_TYPES:
        if content_type in declared:
            return kind
    raise UnreadableFileError(_refusal_of_zip(names, declared))


def _refusal_of_zip(names: set[str], declared: bytes) -> str:
    for content_type, what in OTHER_CONTENTS:
        if content_type in declared:
            return f"This is {what}, not a spreadsheet; {SAVE_AS}"
    if any(name.endswith(".iwa") for name in names):
        return "This is an Apple Numbers or Pages document; export it to Excel and upload that."
    if b"Types" in declared or any(name.startswith("xl/") for name in names):
        return DAMAGED
    return "This is a zip archive; take the register out of it and upload the register by itself."


def kind_of_text(text: str) -> str:
    """Either "html" or "delimited"; other structured text is refused by name."""
    head = text[:_MARKUP_HEAD]
    if _MARKUP.match(head):
        return _kind_of_markup(head)
    if head.lstrip().startswith("-----BEGIN") or head.startswith("begin 6"):
        raise UnreadableFileError(f"This is an encoded attachment, not a spreadsheet; {SAVE_AS}")
    if re.match(r"(MIME-Version|Received|From|Return-Path|Subject): ", head):
        raise UnreadableFileError(
            "This is an e-mail message; save the register attached to it and upload that."
        )
    if _JSON_START.match(head) and _is_json(text):
        raise UnreadableFileError(f"This is JSON, not a spreadsheet; {SAVE_AS}")
    return "delimited"


def _kind_of_markup(head: str) -> str:
    lowered = head.lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lowered and "<workbook" in lowered:
        raise UnreadableFileError(
            "This is an Excel 2003 XML spreadsheet; open it, save it as .xlsx and upload that."
        )
    if "<html" in lowered or "<table" in lowered or "<!doctype html" in lowered:
        return "html"
    raise UnreadableFileError(f"This is XML, not a spreadsheet; {SAVE_AS}")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        # Cut off or one object a line: what opens and closes like JSON on every line is JSON.
        first_line = text.strip().splitlines()[0].strip()
        return first_line in {"{", "[", "[{"} or (first_line[0] == "{" and '":' in first_line)
    return True


def _is_mostly_text(head: bytes) -> bool:
    return head.count(b"\0") == 0 and head[:64].isascii()
