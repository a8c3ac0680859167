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
    """What renamed columns of amounts covered by their heading of last time, and that heading.

    Their own words, or those above the headings, go before; only values tell that they are them.
    """
    found: dict[str, tuple[Meaning, str]] = {}
    if preface(table.above).basis:
        return found
    for letter, each in known.items():
        basis, vat = money_meaning(each.choice.heading)
        own_basis, own_vat = money_meaning(table.headings[letter])
        silent = own_basis == Basis.UNKNOWN and basis != Basis.UNKNOWN
        if each.by_values and silent and letter not in settled:
            meaning = basis, vat if own_vat == Vat.UNKNOWN else own_vat
            found[letter] = meaning, each.choice.heading
    return found


def told_by(read: ColumnReading, before: Mapping[str, tuple[Meaning, str]]) -> ColumnReading:
    if read.column not in before or not is_money(read.field):
        return read
    heading = before[read.column][1]
    told = f"its values are those of “{heading}” last time, so it covers what that heading said"
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
