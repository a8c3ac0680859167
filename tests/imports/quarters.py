"""Made-up registers and the quarter after them, with the truth of which row is which contract."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from registry.records import ContractRecord, Facts

SUBJECTS = (
    *("Laptops", "Mobile phones", "Highways maintenance", "School transport", "Home care"),
    *("Grounds maintenance", "Street lighting", "Library management system", "Waste disposal"),
    *("Leisure centre boilers", "Payroll software", "Parking enforcement", "Legal advice"),
    *("Building cleaning", "Lift servicing", "Asbestos surveys", "Translation", "Fleet hire"),
    *("Vehicle insurance", "Printing and postage", "Temporary staff", "Tree surgery"),
)
KINDS = ("supply", "support", "framework", "contract", "services", "hire", "review", "licences")
PLACES = ("North", "South", "Boston", "Lincoln", "Harbour", "Market", "Riverside", "Central")
FIRMS = ("Acorn", "Birch", "Cedar", "Dunford", "Elmbridge", "Fenland", "Granta", "Holloway")
TRADES = ("Transport", "Software", "Care", "Civils", "Facilities", "Systems", "Energy", "Legal")
FORMS = ("Ltd", "Limited", "LLP", "plc", "CIC", "")
KNOWS = frozenset({"reference", "title", "supplier_name", "start_date", "end_date", "total_value"})


@dataclass
class Quarter:
    """Rows of a file, and beside each the number of the contract it is, new ones above `held`."""

    rows: list[ContractRecord]
    truth: list[int]


def supplier(r: random.Random) -> str:
    return f"{r.choice(FIRMS)} {r.choice(TRADES)} {r.choice(FORMS)}".strip()


def contract(r: random.Random, number: int, references: str) -> Facts:
    start = date(2021, 4, 1) + timedelta(days=r.choice([0, 0, 0, 91, 183, 365, r.randrange(1500)]))
    title = f"{r.choice(SUBJECTS)} {r.choice(KINDS)}"
    if r.random() < 0.6:
        title += f" {r.choice(PLACES)}"
    facts = Facts(title=title, supplier_name=supplier(r), start_date=start)
    facts["end_date"] = start + timedelta(days=365 * r.choice([1, 2, 3, 4]) + r.choice([-1, 0]))
    facts["total_value"] = Decimal(r.choice([5, 10, 25, 50, r.randrange(1, 5000)])) * 1000
    if references != "none":
        facts["reference"] = f"C-{number:05}" if references == "own" else str(number)
    return facts


def family(r: random.Random, first: int, references: str) -> list[Facts]:
    """One contract, or lots under one reference: of several suppliers, or of one."""
    one = contract(r, first, references)
    if r.random() > 0.12:
        return [one]
    lots, title = r.randint(2, 6), one["title"]
    several = r.random() < 0.5
    return [
        one
        | {
            "title": title if several else f"{title} Lot {n}",
            "supplier_name": f"{FIRMS[n]} {r.choice(TRADES)} Ltd"
            if several
            else one["supplier_name"],
            "total_value": Decimal(r.randrange(1, 500) * 1000),
        }
        for n in range(1, lots + 1)
    ]


def register(r: random.Random, size: int, references: str) -> list[Facts]:
    found: list[Facts] = []
    number = 0
    while len(found) < size:
        number += 1
        found += family(r, number, references)
    return found[:size]


def typo(r: random.Random, text: str) -> str:
    at = r.randrange(1, max(2, len(text) - 1))
    return r.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[: at - 1] + text[at : at + 1] + text[at - 1] + text[at + 1 :],
        ]
    )


def title_edited(r: random.Random, title: str) -> str:
    words = title.split()
    return r.choice(
        [
            typo(r, words[0]) + title[len(words[0]) :],
            f"{title} 2026",
            f"{title} 2025/26",
            title.upper(),
            title.lower(),
            " ".join([*words[1:], words[0]]) if "Lot" not in title else title + " ",
            f"Provision of {title}",
            title.replace(" ", " - ", 1),
        ]
    )


def supplier_edited(r: random.Random, name: str) -> str:
    return r.choice(
        [name.upper(), name.replace("Ltd", "Limited"), f"{name} (UK)", typo(r, name), f"The {name}"]
    )


def edited(r: random.Random, facts: Facts, rate: float) -> Facts:
    """The same contract a quarter later: any of its facts may have been written anew."""
    new = Facts(**facts)
    if r.random() < rate:
        new["title"] = title_edited(r, new["title"])
    if r.random() < rate / 2:
        new["supplier_name"] = supplier_edited(r, new["supplier_name"])
    if r.random() < rate:
        new["total_value"] += r.randrange(1, 50) * 100
    if r.random() < rate:
        new["end_date"] += timedelta(days=365)
    if r.random() < rate / 6:
        new["start_date"] += timedelta(days=r.choice([-30, -1, 1, 14]))
    return new


def renamed(facts: list[Facts], how: str) -> list[Facts]:
    """References as the next quarter has them: kept, none any more, given, or counted anew."""
    if how == "kept":
        return facts
    if how == "dropped":
        return [Facts(**{k: v for k, v in f.items() if k != "reference"}) for f in facts]
    if how == "counted":
        return [f | {"reference": str(n)} for n, f in enumerate(facts, start=1)]
    return [f | {"reference": f"NEW/{n:05}"} for n, f in enumerate(facts, start=1)]


def next_quarter(
    r: random.Random, held: list[Facts], *, rate: float = 0.2, references: str = "kept"
) -> Quarter:
    """Deletions, additions, edits, and another order."""
    stay = [n for n in range(len(held)) if r.random() > 0.08]
    told = [(n, edited(r, held[n], rate)) for n in stay]
    more = range(max(1, len(held) // 12))
    told += [(len(held) + extra, contract(r, 90_000 + extra, "own")) for extra in more]
    if not any("reference" in facts for facts in held):
        for _, facts in told:
            facts.pop("reference", None)
    r.shuffle(told)
    rows = renamed([facts for _, facts in told], references)
    records = [ContractRecord("Contracts", n, facts) for n, facts in enumerate(rows, start=2)]
    return Quarter(records, [n for n, _ in told])
