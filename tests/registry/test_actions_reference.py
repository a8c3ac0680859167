"""Councils, groupings and categories reach their tables from the reference."""

from datetime import date

import pytest

from registry.actions import load_reference
from registry.models import Category, Council, Grouping, Membership, Succession

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    return load_reference()


def test_load_reference_fills_every_table(loaded):
    assert all(table.added for table in loaded)
    assert {"NON", "OUT", "LAP"} <= set(Category.objects.values_list("pk", flat=True))


def test_load_reference_twice_changes_nothing():
    again = load_reference()

    assert all((table.added, table.updated, table.kept) == (0, 0, []) for table in again)


def test_load_reference_keeps_an_edited_council_and_lists_the_differences():
    Council.objects.filter(pk="E07000136").update(name="Boston", edited=True)

    again = load_reference()

    assert Council.objects.get(pk="E07000136").name == "Boston"
    assert any("name: Boston here" in words for table in again for words in table.kept)


def test_load_reference_keeps_a_grouping_somebody_made():
    Grouping.objects.create(
        code="KIT", name="Kit consortium", kind="consortium", nation="England", as_at="2026-11-20"
    )

    load_reference()

    assert Grouping.objects.filter(pk="KIT").exists()


def test_reference_puts_every_english_council_of_today_in_one_region():
    day = date(2026, 11, 20)
    regions = Membership.objects.on(day).filter(grouping__kind="region")
    english = Council.objects.existing_on(day).filter(nation="England")

    counts = dict.fromkeys(english.values_list("pk", flat=True), 0)
    for code in regions.values_list("council", flat=True):
        counts[code] = counts.get(code, 0) + 1

    assert set(counts.values()) == {1}


def test_reference_keeps_groupings_within_one_nation():
    pairs = Membership.objects.values_list("grouping__nation", "council__nation").distinct()

    assert all(grouping == council for grouping, council in pairs)


def test_reference_has_councils_leave_their_groupings_when_abolished():
    left = Membership.objects.filter(council__abolished__isnull=False, left__isnull=True)

    assert not left.exists()


def test_reference_knows_who_took_over():
    taken_over = Succession.objects.values("predecessor")
    abolished = Council.objects.filter(abolished__isnull=False)

    assert abolished.filter(pk__in=taken_over).exists()
    assert all(s.successor_id for s in Succession.objects.all())


def test_load_reference_reads_the_folder_it_is_given(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_reference(tmp_path)
