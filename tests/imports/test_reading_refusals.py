"""Files nobody should send: each ends in one plain sentence, and the reader lives on."""

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imports.problems import UnreadableFileError
from imports.reading import PROJECT, read
from imports.unpacking.answer import Answer, receive
from tests.imports.hostile import (
    LAUGHS,
    cells,
    deep_xml,
    ods,
    ods_cell,
    ole,
    raw_xlsx,
    register_xlsx,
    with_directory_size,
    with_flag,
    xlsx,
    zipped,
)

SHEET_PART = "xl/worksheets/sheet1.xml"
WORKER_LIMIT = 300 * 1024  # kilobytes
ENOUGH_SECONDS = 60


def blanks(megabytes):
    return f"<sheetData>{' ' * megabytes * 1_000_000}</sheetData>"


def repeated_rows(rows, cell):
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def word_document():
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped({"[Content_Types].xml": f"<Types>{kind}</Types>", "word/document.xml": "x"})


def shared_text(index):
    return f'<sheetData><row r="1"><c r="A1" t="s"><v>{index}</v></c></row></sheetData>'


def long_text(characters):
    text = f"<is><t>{'x' * characters}</t></is>"
    return f'<sheetData><row r="1"><c r="A1" t="inlineStr">{text}</c></row></sheetData>'


EXTERNAL = """<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<externalBook/></externalLink>"""

REFUSED = {
    "empty": (lambda: b"", "empty"),
    "only blanks": (lambda: b" \r\n\t\n", "empty"),
    "only nul": (lambda: b"\0" * 10_000, "empty"),
    "noise": (lambda: random.Random(1).randbytes(50_000), "not a kind of file"),
    "pdf": (lambda: b"%PDF-1.7 ...", "This is a PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n....", "This is a picture"),
    "gzip": (lambda: b"\x1f\x8b\x08....", "gzip"),
    "rich text": (lambda: b"{\\rtf1 Register}", "Rich Text"),
    "json": (lambda: b'[{"title": "Laptops"}]', "This is JSON"),
    "json of lines": (lambda: b'{"a": 1}\n{"a": 2}\n', "This is JSON"),
    "json nested deep": (lambda: b"[" * 300_000, "This is JSON"),
    "json in utf-16": (lambda: '{"a": 1}'.encode("utf-16"), "This is JSON"),
    "xml": (lambda: b"<?xml version='1.0'?><root/>", "This is XML"),
    "e-mail": (lambda: b"From: officer@example.org\nSubject: register\n\nHello", "e-mail"),
    "word": (word_document, "Word document"),
    "old word": (lambda: ole("WordDocument"), "Word document"),
    "outlook": (lambda: ole("__substg1.0_0037001F"), "e-mail"),
    "zip of files": (lambda: zipped({"a.xlsx": register_xlsx(), "b.csv": "x"}), "zip archive"),
    "empty zip": (lambda: zipped({}), "zip archive"),
    "error page": (lambda: b"<!DOCTYPE html><html><h1>403 Forbidden</h1></html>", "web page"),
    "tables in tables": (lambda: b"<html>" + b"<table><tr><td>" * 20_000, "web page"),
    "endless spans": (
        lambda: b"<table>" + b"<tr><td colspan=9999999 rowspan=9999999>x<td>y" * 3000,
        "web page",
    ),
    "protected xlsx": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "password"),
    "protected zip": (lambda: with_flag(register_xlsx(), 1), "password"),
    "protected ods": (lambda: ods("", manifest="<manifest:encryption-data/>"), "password"),
    "cut off xlsx": (lambda: register_xlsx()[:2_000], "damaged"),
    "cut off xls": (lambda: ole("Workbook"), "damaged"),
    "unknown ole": (lambda: ole("Something"), "damaged"),
    "sheet missing": (lambda: zipped({"[Content_Types].xml": "<Types/>"}), "damaged"),
    "bomb": (lambda: raw_xlsx(blanks(120)), "unpacks to far more"),
    "lying directory": (
        lambda: with_directory_size(raw_xlsx(blanks(120)), SHEET_PART, 3_000),
        "damaged",
    ),
    "too many parts": (
        lambda: raw_xlsx(cells("A1"), parts={f"x/{n}": "" for n in range(5_100)}),
        "unpacks to far more",
    ),
    "entities that multiply": (
        lambda: raw_xlsx(cells("A1"), workbook=LAUGHS + "<x>&a11;</x>"),
        "damaged",
    ),
    "shared text out of range": (lambda: raw_xlsx(shared_text(99_999_999)), "damaged"),
    "absurd place": (lambda: raw_xlsx(cells("A1", "XFD1048576")), "further right"),
    "impossible place": (lambda: raw_xlsx(cells("A1", "ZZZZZ99999999")), "damaged"),
    "ods bomb": (lambda: ods(repeated_rows(1_048_576, ods_cell(times=16_384))), "damaged"),
    "ods nonsense": (lambda: ods(repeated_rows(-5, ods_cell(times=99**9))), "damaged"),
    "endless cell": (lambda: raw_xlsx(long_text(40_000)), "more than a spreadsheet can"),
    "quotation mark left open": (
        lambda: b'Title,Supplier\n"Laptops,Firm\n' + b"x,y\n" * 20_000,
        "begins in row 2",
    ),
    "a line without end": (lambda: b"x" * 5_000_000, "more than 32,767"),
    "100,000 columns": (lambda: b"x," * 100_000 + b"x\n", "further right"),
    "too many rows": (lambda: b"a,b\n" * 1_050_000, "split the register"),
    "too many cells": (lambda: (b"1," * 900 + b"\n") * 25_000, "too many cells"),
}


@pytest.fixture
def refusal(tmp_path):
    def refuse(content):
        path = tmp_path / "stored"
        path.write_bytes(content)
        started = time.monotonic()
        with pytest.raises(UnreadableFileError) as refused:
            read(path, name="register.xlsx")
        assert time.monotonic() - started < ENOUGH_SECONDS
        return str(refused.value)

    return refuse


@pytest.mark.parametrize("case", REFUSED)
def test_read_refuses_in_one_sentence(refusal, case):
    build, says = REFUSED[case]

    sentence = refusal(build())

    assert says in sentence
    assert re.fullmatch(r"[A-Z].*[^.]\.", sentence)
    assert not re.search(r"\. [A-Z]", sentence)


@pytest.mark.parametrize(
    "content",
    [
        raw_xlsx(deep_xml(50_000)),
        raw_xlsx("", workbook=deep_xml(50_000)),
        raw_xlsx(cells("A1"), parts={SHEET_PART: LAUGHS + "<x>&a11;</x>"}),
        raw_xlsx(cells("A1"), parts={"xl/vbaProject.bin": random.Random(3).randbytes(9_000)}),
        raw_xlsx(cells("A1"), parts={"xl/externalLinks/externalLink1.xml": EXTERNAL}),
        raw_xlsx(cells("A1"), parts={"../../outside": "x", "/absolute": "x"}),
        raw_xlsx(cells("A1", "C1048576")),
        ods(repeated_rows(1_048_576, ods_cell())),
        b"Title,Supplier" + b"," * 50_000 + b"\n",
        b"a,b\n" + b",\n" * 1_500_000,
    ],
    ids=[
        *("deep sheet", "deep book", "entities", "macros", "links", "paths", "far row"),
        *("million rows", "commas", "blank rows"),
    ],
)
def test_read_survives_what_is_odd_but_readable(tmp_path, content):
    path = tmp_path / "stored"
    path.write_bytes(content)

    workbook = read(path, name="register.xlsx")

    assert sum(sheet.cells.shape[1] for sheet in workbook.sheets) <= 3


def spoilt(content, seed):
    """The file with some of its bytes changed, as a bad disk would."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    cut = chance.random() < 0.2
    return bytes(changed[: chance.randrange(len(changed))] if cut else changed)


@pytest.mark.parametrize("seed", range(24))
def test_read_ends_well_whatever_is_damaged(tmp_path, seed):
    sources = [
        register_xlsx(),
        raw_xlsx(cells("A1", "B2", "C3")),
        ods(repeated_rows(3, ods_cell())),
        xlsx([["Title", 1.5, True]]),
    ]
    path = tmp_path / "stored"
    path.write_bytes(spoilt(sources[seed % len(sources)], seed))

    try:
        outcome = read(path, name="register.xlsx").sheets
    except UnreadableFileError as refused:
        outcome = str(refused)

    assert isinstance(outcome, list) or outcome.endswith(".")


def test_read_refuses_what_takes_too_long(tmp_path, monkeypatch):
    path = tmp_path / "stored"
    path.write_bytes(b"a,b\n")
    monkeypatch.setattr("imports.reading.FIRST_READER_SECONDS", 0.001)

    with pytest.raises(UnreadableFileError, match="takes too long"):
        read(path, name="register.csv")


def test_read_reports_a_fault_of_our_own_as_a_fault(tmp_path):
    with pytest.raises(RuntimeError, match="FileNotFoundError"):
        read(tmp_path / "nowhere", name="register.csv")


def test_read_takes_a_name_no_program_could_be_told(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(b"a,b\n")

    [sheet] = read(path, name="--help \0\ud800.csv").sheets

    assert sheet.name == "--help ?"


def test_the_child_is_confined_and_starts_without_pandas_and_django():
    script = (
        "import resource, sys\n"
        "import imports.unpacking.__main__ as child\n"
        "child.confine(wall_seconds=30)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[1] < 2**31)\n"
        "print({'pandas', 'numpy', 'django', 'openpyxl'} & set(sys.modules))\n"
        "try:\n    bytearray(2**31)\nexcept MemoryError:\n    print('no memory')\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert ended.stdout.split("\n")[:3] == ["True", "set()", "no memory"]


def test_the_answer_carries_plain_shapes_only(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(b"cos\nsystem\n(S'true'\ntR.")

    with path.open("rb") as pipe, pytest.raises(Exception, match="is no answer"):
        receive(pipe)


def test_the_answer_has_to_be_one(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(b"I1\n.")

    with path.open("rb") as pipe, pytest.raises(Exception, match="no answer"):
        receive(pipe)
    assert Answer().refused == ""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
@pytest.mark.parametrize("case", ["absurd place", "ods bomb", "too many rows"])
def test_a_hostile_file_leaves_the_worker_small(tmp_path, case):
    path = tmp_path / "stored"
    path.write_bytes(REFUSED[case][0]())
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from imports.problems import UnreadableFileError\nfrom imports.reading import read\n"
        "try:\n    read(Path(sys.argv[1]), name='x')\nexcept UnreadableFileError:\n    pass\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(status.split('VmHWM:')[1].split()[0])\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert int(ended.stdout) < WORKER_LIMIT
