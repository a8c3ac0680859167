"""A register's figures in a few lines: dates, amounts, and the sentences of what was judged."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from imports.normalise.fields import meaning
from imports.normalise.orders import Orders
from imports.normalise.outcome import Normalised
from imports.normalise.tables import TableReader
from registry.currencies import POUNDS
from registry.records import Basis, ContractRecord, Vat

MONEY = ("total_value", "annual_value")


def summarise(result: Normalised, readers: Sequence[TableReader], orders: Orders) -> None:
    """Fill in the figures and judgements of a register whose rows have been read."""
    _dates(result, orders)
    _value(result, readers)
    judged: Counter[str] = Counter()
    for reader in readers:
        judged += reader.judged
    result.judgements += [_sentence(text, count) for text, count in judged.items() if count]


def leave_out_repeats(result: Normalised) -> None:
    """Rows that stand alike on several sheets are one contract; the first is kept."""
    seen: set[str] = set()
    kept: list[ContractRecord] = []
    for record in result.records:
        key = repr((sorted(record.facts.items()), sorted(record.extra.items())))
        if key not in seen:
            kept.append(record)
        seen.add(key)
    result.rows.duplicate += len(result.records) - len(kept)
    result.records = kept


def _sentence(text: str, count: int) -> str:
    return text.replace("{rows}", f"{count:,} row" if count == 1 else f"{count:,} rows")


def _dates(result: Normalised, orders: Orders) -> None:
    result.dates.order = orders.order
    result.dates.decided_by = orders.decided_by
    result.dates.rows_with_start = sum("start_date" in r.facts for r in result.records)
    result.dates.rows_with_end = sum("end_date" in r.facts for r in result.records)
    result.dates.rows_rolling = sum(r.facts["rolling"] for r in result.records)


def _value(result: Normalised, readers: Sequence[TableReader]) -> None:
    columns = [each.reading for reader in readers for each in reader.read]
    told = [each for name in MONEY for each in columns if each.field == name]
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for facts in (r.facts for r in result.records):
        if "total_value" in facts or "annual_value" in facts:
            said = facts.get("total_value", facts.get("annual_value", Decimal(0)))
            amounts[facts.get("currency", POUNDS)].append(said)
    result.value.rows_with_value = sum(map(len, amounts.values()))
    # Of as many rows pounds go first: they are what sums elsewhere are in.
    main = max(amounts, key=lambda code: (len(amounts[code]), code == POUNDS), default=POUNDS)
    sums = {code: sum(some, Decimal("0.00")) for code, some in sorted(amounts.items())}
    result.value.currency = main
    result.value.sum = sums.pop(main, Decimal("0.00"))
    result.value.others = sums
    result.value.basis, result.value.vat = (
        meaning(told[0]) if told else (Basis.UNKNOWN.value, Vat.UNKNOWN.value)
    )
