"""Which rows would newly tell everybody a person's name."""

from uuid import uuid4

from imports.named_people import MOST_TOLD, named_people, told
from imports.reconcile import Change, Difference
from registry.records import ContractRecord, Facts


def record(name, row=2, **more):
    return ContractRecord("S", row, Facts(title="Translation", supplier_name=name, **more))


def names(**sorts):
    return [one.name for one in named_people([Difference(**sorts)])]


def test_new_rows_and_new_suppliers_are_told_and_what_is_known_is_not():
    amy, beth, carl = record("Amy Jones"), record("Beth Smith"), record("Carl Brown")
    supplier = Change("supplier_name", "Acme Ltd", "Beth Smith")
    other = Change("title", "Maps", "Translation")

    assert names(
        added=[(None, amy)],
        changed=[(uuid4(), beth, [supplier]), (uuid4(), carl, [other])],
        unchanged=[(uuid4(), record("Dr Drew"))],
    ) == ["Amy Jones", "Beth Smith"]


def test_a_name_with_a_number_is_a_bodys():
    numbered = record("Amy Jones", supplier_company_number="01234567")
    charity = record("Amy Jones", supplier_charity_number="1121596")

    assert names(added=[(None, numbered), (None, charity), (None, record("Amy Jones"))]) == [
        "Amy Jones"
    ]


def test_each_name_is_listed_once_and_all_are_counted():
    rows = [record(f"Amy {'a' * n}son", row=n) for n in range(1, MOST_TOLD + 11)]
    again = record("Amy ason", row=900)
    found = told(
        named_people([Difference(added=[(None, one) for one in [*rows, again]])]), withheld=()
    )

    assert found["names"] == MOST_TOLD + 10
    assert len(found["first"]) == MOST_TOLD
    assert found["first"][0] == {
        "name": "Amy ason", "row": 1, "rows": 2, "title": "Translation",
    }  # fmt: skip


def test_what_is_withheld_already_is_not_told():
    key = uuid4()
    named = list(named_people([Difference(added=[(key, record("Amy Jones"))])]))

    assert told(named, withheld={key}) == {"names": 0, "first": []}
