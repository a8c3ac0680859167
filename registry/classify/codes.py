"""Codes in a CPV column: CPV with or without check digit, and UNSPSC codes that look like them."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    CPV = "CPV"
    UNSPSC = "UNSPSC"


@dataclass(frozen=True, slots=True)
class ProductCode:
    """One code, eight digits."""

    scheme: Scheme
    digits: str

    @property
    def significant(self) -> str:
        """The digits without the zeros that only fill up."""
        return self.digits.rstrip("0").ljust(2, "0")


# Divisions the CPV has (2008). Others are segments of UNSPSC.
_DIVISIONS = (
    "03 09 14 15 16 18 19 22 24 30 31 32 33 34 35 37 38 39 41 42 43 44 45 48 50 51 55 60 63 64 65"
    " 66 70 71 72 73 75 76 77 79 80 85 90 92 98"
)
CPV_DIVISIONS = frozenset(_DIVISIONS.split())
# A CPV zero fills up to the right, so no other digit follows one; UNSPSC classes begin at 15.
_ZERO_INSIDE = re.compile(r"^\d\d\d*?0+[1-9]")
# Families of computers, networks and software in UNSPSC; the CPV's 43 is mining machinery.
_UNSPSC_IT = re.compile(r"^432[0-3](?:1[5-9]|2\d|3\d)\d\d$")
_CODE = re.compile(r"(?<!\d)(\d{7,8})(?:-\d)?(?!\d)")


def product_codes(text: str) -> tuple[ProductCode, ...]:
    """Every code in a cell, each once, in order. Several codes and words around them are fine."""
    found = [_code(match[1].zfill(8)) for match in _CODE.finditer(text)]
    return tuple(dict.fromkeys(code for code in found if int(code.digits) > 0))


def _code(digits: str) -> ProductCode:
    return ProductCode(Scheme.UNSPSC if _is_unspsc(digits) else Scheme.CPV, digits)


def _is_unspsc(digits: str) -> bool:
    if digits[:2] not in CPV_DIVISIONS:
        return True
    if _UNSPSC_IT.match(digits):
        return True
    return bool(_ZERO_INSIDE.match(digits[2:].rjust(8, "9")))
