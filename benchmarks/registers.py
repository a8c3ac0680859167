"""A plausible register of 18 columns and any number of rows, always the same for a size."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SEED = 20261126
COLUMNS = {
    "reference": "Reference",
    "title": "Title",
    "description": "Description",
    "department": "Department",
    "supplier_name": "Supplier",
    "supplier_company_number": "Company number",
    "start_date": "Start date",
    "end_date": "End date",
    "extension": "Extension options",
    "review_date": "Review date",
    "notice_period": "Notice period",
    "total_value": "Total value",
    "annual_value": "Annual value",
    "cpv_code": "CPV code",
    "procedure": "Procedure",
    "sme": "SME",
    "contact_email": "Contact email",
    "contact_url": "Contact web page",
}
GOODS = (
    ("Laptops", "30213100"),
    ("Mobile airtime", "64212000"),
    ("Grounds maintenance", "77310000"),
    ("Broadband", "72411000"),
    ("Agency nurses", "85141200"),
    ("Managed print", "50313000"),
    ("Housing system licences", "48000000"),
    ("School meals", "55524000"),
    ("Highway resurfacing", "45233220"),
)
PLACES = ("Ashdown", "Brook Street", "Castle Hill", "Dunmore", "Eastfield", "Ferry Lane", "Grange")
OPTIONS = ("2 x 12 months", "None", "up to 24 months", "1 + 1 years", "12 months")
NOTICES = ("3 months", "6 months", "30 days", "")
PROCEDURES = ("Open", "Call-off from a framework", "Direct award", "Invitation to quote")


def rows_of(count: int) -> Iterator[list[object]]:
    """Titles and references are distinct; firms, days and amounts repeat as they do in life."""
    chance = random.Random(SEED)
    firms = max(50, count // 12)
    for n in range(count):
        yield _row(n, chance, chance.randrange(firms))


def _row(n: int, chance: random.Random, firm: int) -> list[object]:
    goods, cpv = chance.choice(GOODS)
    place = chance.choice(PLACES)
    start = date(2022, 4, 1) + timedelta(days=chance.randrange(1_400))
    years = chance.choice((1, 2, 3, 4, 5))
    end = start + timedelta(days=365 * years - 1)
    yearly = chance.randrange(10, 4_000) * 250
    return [
        f"C-{n:06}",
        f"{goods} for {place}, lot {n}",
        f"Supply of {goods.lower()} to {place} and its sites, order {n % (n // 2 + 1)}",
        f"{place} services {n % 12}",
        f"{PLACES[firm % 7]} {GOODS[firm % 9][0].split()[0]} {firm} Limited",
        f"{1_000_000 + firm:08}",
        start,
        end,
        chance.choice(OPTIONS),
        end - timedelta(days=chance.choice((90, 180))),
        chance.choice(NOTICES),
        yearly * years,
        yearly,
        cpv,
        chance.choice(PROCEDURES),
        chance.choice(("Yes", "No", "")),
        f"buying{n % 400}@example.org",
        f"https://www.example.org/contracts/{n % 400}",
    ]


def write_register(path: Path, rows: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Contracts")
    sheet.append(list(COLUMNS.values()))
    for row in rows_of(rows):
        sheet.append(row)
    book.save(path)
