"""Small registers as text, for tests of what becomes of their rows."""

HEADINGS = "Reference,Title,Supplier,Start date,End date,Total value"
ROWS = (
    "C-1,Laptops for staff,Acme IT Ltd,01/04/2024,31/03/2027,120000",
    "C-2,Mobile phones,ACME I.T. LIMITED,15/05/2024,14/05/2026,30000",
    "C-3,Road gritting,Grit & Sons,01/04/2023,31/03/2028,500000",
)


def register(*rows, headings=HEADINGS):
    return "\n".join([headings, *rows]) + "\n"


def write_register(folder, *rows, headings=HEADINGS, name="register.csv"):
    path = folder / name
    path.write_text(register(*rows, headings=headings), encoding="utf-8")
    return path
