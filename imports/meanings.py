"""What amounts cover: as settled, as their heading or the lines above say, or as last time."""

from collections.abc import Mapping
from dataclasses import replace

from imports.cells import ColumnReading, Table
from imports.headings import money_meaning, money_scale
from imports.memory import Recalled, memory_keys
from imports.preface import Preface, preface
from imports.settled import Settled
from registry.records import Basis, Vat, is_money

AMOUNTS = frozenset({"total_value", "annual_value"})
Meaning = tuple[str, str]  # basis and VAT
UNKNOWN = Basis.UNKNOWN.value  # and the same word where VAT is not known


def settled_meanings(
    table: Table, known: Mapping[str, Recalled], settled: Settled
) -> dict[str, Meaning]:
    """What amounts were said to cover, by letter: under this heading, else under that of before."""
    before = {letter: each.key for letter, each in known.items()}
    return {
        letter: settled.meanings[key]
        for keys in (before, memory_keys(table.headings))
        for letter, key in keys.items()
        if key in settled.meanings
    }


def meant_before(
    table: Table, known: Mapping[str, Recalled], settled: Mapping[str, Meaning]
) -> dict[str, tuple[Meaning, str]]:
    """What remembered columns of amounts were read as last time, and under which heading.

    It fills what neither their heading nor the lines above it say. A column under another heading
    must be known by its values.
    """
    above, keys = preface(table.above), memory_keys(table.headings)
    if above.basis or above.vat:
        return {}
    found: dict[str, tuple[Meaning, str]] = {}
    for letter, each in known.items():
        own = money_meaning(table.headings[letter])
        meaning = filled(own, each.choice.meaning)
        same = each.by_values or each.key == keys[letter]
        if same and letter not in settled and meaning != own:
            found[letter] = meaning, each.choice.heading
    return found


def filled(own: Meaning, before: Meaning) -> Meaning:
    """What is said now; where nothing is, what was said before."""
    basis, vat = (
        one if one != UNKNOWN else other or UNKNOWN for one, other in zip(own, before, strict=True)
    )
    return basis, vat


def told_by(read: ColumnReading, before: Mapping[str, tuple[Meaning, str]]) -> ColumnReading:
    """With the reason added for amounts that cover what they covered last time."""
    if read.column not in before or not is_money(read.field):
        return read
    heading = before[read.column][1]
    told = f"what its amounts cover is as it was under “{heading}” last time"
    return replace(read, because=f"{read.because}; {told}")


def with_meaning(read: ColumnReading, table: Table, settled: Meaning | None) -> ColumnReading:
    """What the amounts are: as settled, else as the heading says, else the notes above it."""
    basis, vat = settled or money_meaning(read.heading)
    told = preface(table.above)
    above = told if read.field in AMOUNTS else Preface()
    if settled is None:
        basis = above.basis or basis if basis == Basis.UNKNOWN else basis
        vat = above.vat or vat if vat == Vat.UNKNOWN else vat
    if read.field == "annual_value":
        basis = Basis.ANNUAL.value
    scale = above.scale if money_scale(read.heading) == 1 else 1
    return replace(read, basis=basis, vat=vat, scale=scale, currency=told.currency)
