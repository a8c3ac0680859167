"""Reference rows reach their table, twice without change, and never over an edited row."""

from datetime import date

import pytest

from registry.loading import day_or_none, load_table, read_table
from registry.models import Category, Membership
from tests.factories import make_category, make_council, make_grouping

pytestmark = pytest.mark.django_db

LAPTOPS = {"code": "LAP", "name": "Laptops", "source": "a test", "as_at": date(2026, 11, 1)}


def counts(loaded):
    return loaded.added, loaded.updated, loaded.unchanged, loaded.kept


def test_load_table_adds_what_is_missing():
    loaded = load_table(Category, [LAPTOPS])

    assert counts(loaded) == (1, 0, 0, [])
    assert (loaded.table, Category.objects.get().name) == ("categories", "Laptops")


def test_load_table_twice_changes_nothing(django_assert_num_queries):
    load_table(Category, [LAPTOPS])

    with django_assert_num_queries(1):
        loaded = load_table(Category, [LAPTOPS])

    assert counts(loaded) == (0, 0, 1, [])


def test_load_table_refreshes_what_the_reference_changed():
    make_category("LAP", name="Notebooks", unit="each")

    loaded = load_table(Category, [LAPTOPS])

    assert counts(loaded) == (0, 1, 0, [])
    held = Category.objects.get()
    assert (held.name, held.unit) == ("Laptops", "each")


def test_load_table_keeps_an_edited_row_and_lists_the_differences():
    make_category("LAP", name="Notebooks", edited=True, source="a test", as_at=date(2026, 11, 1))

    loaded = load_table(Category, [LAPTOPS])

    assert counts(loaded) == (
        0,
        0,
        0,
        ["Notebooks, name: Notebooks here, Laptops in the reference"],
    )
    assert Category.objects.get().name == "Notebooks"


def test_load_table_leaves_rows_the_reference_lacks():
    make_category("ZZZ")

    load_table(Category, [LAPTOPS])

    assert set(Category.objects.values_list("pk", flat=True)) == {"LAP", "ZZZ"}


def test_load_table_tells_rows_apart_by_several_columns():
    grouping, council = make_grouping(), make_council()
    rows = [
        {"grouping_id": grouping.pk, "council_id": council.pk, "joined": joined}
        for joined in (None, date(2026, 4, 1))
    ]
    key = ("grouping_id", "council_id", "joined")

    first, again = (load_table(Membership, rows, key=key) for _ in range(2))

    assert (first.added, again.unchanged) == (2, 2)


def test_read_table_gives_text_by_heading(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("code,name\nLAP,“Laptops”\n", encoding="utf-8")

    assert read_table(path) == [{"code": "LAP", "name": "“Laptops”"}]


def test_day_or_none_takes_a_blank_for_unknown():
    assert day_or_none("") is None
    assert day_or_none("2026-04-01") == date(2026, 4, 1)
