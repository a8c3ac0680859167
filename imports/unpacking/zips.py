"""Looks into a zip container before anyone unpacks it: is it honest, and what does it hold?"""

import struct
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from imports.problems import UnreadableFileError
from imports.unpacking.limits import (
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_RATIO,
    MAX_ZIP_ENTRIES,
    MEGABYTE,
    RATIO_FLOOR_BYTES,
)

# What `zipfile` raises for a container that is not what it says.
ZIP_FAULTS = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
    KeyError, ValueError, OverflowError, IndexError,
)  # fmt: skip
ENCRYPTED = 0x1

DAMAGED = (
    "This file is damaged or incomplete; open it in your spreadsheet program, save it again "
    "as .xlsx and upload that."
)
PROTECTED = (
    "This workbook is protected with a password; save a copy without the password and upload that."
)
TOO_MUCH_INSIDE = (
    "This file unpacks to far more than a contract register holds; copy the register into a new "
    "workbook and upload that."
)


def open_zip(path: Path) -> ZipFile:
    """The container, once its directory has been found reasonable."""
    try:
        container = ZipFile(path)
    except ZIP_FAULTS as error:
        raise UnreadableFileError(DAMAGED) from error
    check_directory(container.infolist(), file_bytes=path.stat().st_size)
    return container


def check_directory(entries: list[ZipInfo], *, file_bytes: int) -> None:
    """Refuse a container that is protected, that lies, or that unpacks to too much."""
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UnreadableFileError(PROTECTED)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if packed > file_bytes:
        raise UnreadableFileError(DAMAGED)
    ratio_allows = max(RATIO_FLOOR_BYTES, MAX_UNPACKED_RATIO * file_bytes)
    if len(entries) > MAX_ZIP_ENTRIES or unpacked > min(MAX_UNPACKED_BYTES, ratio_allows):
        raise UnreadableFileError(TOO_MUCH_INSIDE)


def read_part(container: ZipFile, name: str, *, at_most: int = 8 * MEGABYTE) -> bytes:
    """One small part of the container; empty when it is not there."""
    try:
        with container.open(name) as part:
            content = part.read(at_most + 1)
    except KeyError:
        return b""
    except ZIP_FAULTS as error:
        raise UnreadableFileError(DAMAGED) from error
    if len(content) > at_most:
        raise UnreadableFileError(TOO_MUCH_INSIDE)
    return content
