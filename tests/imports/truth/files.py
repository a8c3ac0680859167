"""Writes the same rows as every kind of file councils send."""

import io
from dataclasses import replace

import openpyxl

from samples.making import writers
from samples.making.shapes import Page
from tests.imports.books import split


def page(*rows, name="Contracts", merges=(), hidden=False, hidden_rows=()) -> Page:
    """A sheet of rows; a row is a list of cells or text with its cells between bars."""
    cells = [[None if cell == "" else cell for cell in split(row)] for row in rows]
    return Page(
        name, cells, merges=tuple(merges), hidden=hidden, hidden_rows=frozenset(hidden_rows)
    )


def xlsx(*pages, from_1904=False):
    return writers.xlsx(list(pages), from_1904=from_1904)


def xlsm(*pages):
    return writers.xlsm(list(pages))


def xls(*pages):
    return writers.xls(list(pages))


def ods(*pages):
    return writers.ods(list(pages))


def serials(*pages):
    """An xls whose dates have lost their format, as an export leaves them."""
    return writers.xls([replace(each, serial_dates=True) for each in pages])


def text(only, *, separator=",", encoding="utf-8", ends="\r\n"):
    return writers.delimited(only, separator=separator, encoding=encoding, ends=ends)


def styled(only, formats):
    """An xlsx whose cells have these number formats, by place: {"F2": "0.00"}."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(only)))
    for place, number_format in formats.items():
        book.active[place].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def html(*rows, before="", after=""):
    """A web page saved under a spreadsheet's name, as many reporting tools export."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in split(row)) + "</tr>" for row in rows
    )
    return f"<html><body>{before}<table>{lines}</table>{after}</body></html>".encode()


# How one page becomes a file of each suffix.
WRITERS = {"xlsx": xlsx, "xlsm": xlsm, "xls": xls, "ods": ods, "csv": text}
WRITERS |= {
    "tsv": lambda only: text(only, separator="\t"),
    "txt": lambda only: text(only, separator="|"),
}
