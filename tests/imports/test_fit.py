import pandas as pd
import pytest

from imports.cells import Table
from imports.columns import propose


def table(columns):
    letters = "ABCDEFGH"[: len(columns)]
    rows = len(next(iter(columns.values())))
    cells = pd.DataFrame(
        {letter: pd.Categorical(v) for letter, v in zip(letters, columns.values(), strict=True)},
        index=range(2, rows + 2),
    )
    headings = dict(zip(letters, columns, strict=True))
    return Table("Contracts", [1], 2, rows + 1, headings, cells)


@pytest.mark.parametrize(
    ("title", "supplier"),
    [("Works {}", "Firm {}"), ("Lot-{}", "Supplier{}"), ("{} services", "A{}")],
)
def test_propose_believes_a_plain_heading_over_values_that_read_as_codes(title, supplier):
    columns = {
        "Reference": [f"C-{n:04}" for n in range(20)],
        "Title": [title.format(n) for n in range(20)],
        "Supplier": [supplier.format(n) for n in range(20)],
        "End date": ["31/03/2027"] * 20,
    }

    found = {reading.heading: reading.field for reading in propose(table(columns))}

    assert found == {
        "Reference": "reference",
        "Title": "title",
        "Supplier": "supplier_name",
        "End date": "end_date",
    }


def test_propose_believes_a_plain_heading_over_odd_values():
    columns = {
        "Title": ["Café £ – “x”"] * 5,
        "Supplier": ["Acme Ltd"] * 5,
        "End date": ["31/03/2027"] * 5,
    }

    found = {reading.heading: reading.field for reading in propose(table(columns))}

    assert found == {"Title": "title", "Supplier": "supplier_name", "End date": "end_date"}
