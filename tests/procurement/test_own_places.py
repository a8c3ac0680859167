"""A council's own places on the sharing grid: its officers' alone, beside the national ones."""

from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.actions.own_places import place_own, take_back_own
from procurement.models import OwnPlace
from procurement.sharing import sharing_grid
from registry.permissions import EVERYBODY, Powers
from tests.factories import (
    make_administrator,
    make_buyer,
    make_category,
    make_council,
    make_officer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("assumed")]

GRID, MAP = reverse("procurement:sharing"), reverse("procurement:sharing_map")
REASON = "Tied to the planning system"
SAID = {"evolution": "0.6", "visibility": "0.55", "reason": REASON}


@pytest.fixture
def laptops():
    return make_category("LAP", name="Laptops", evolution=0.92, visibility=0.35)


@pytest.fixture
def council():
    return make_council()


@pytest.fixture
def officer(client, council):
    made = make_officer(council)
    client.force_login(made)
    return made


@pytest.fixture
def own(council, laptops):
    return place(council, laptops)


def place(council, category, by=None, **said):
    said = {"evolution": Decimal("0.6"), "visibility": Decimal("0.55"), "reason": REASON} | said
    return place_own(council, category, by=by, **said)


def page_of(council, category):
    return reverse("procurement:own_place", args=[council.pk, category.pk])


def words(client, path):
    return client.get(path).content.decode()


# Giving it and taking it back


def test_saying_the_same_says_it_once(council, laptops):
    assert place(council, laptops) == place(council, laptops)


def test_another_place_stands_instead_and_the_first_stays_on_record(own, council, laptops):
    again = place(council, laptops, evolution=Decimal("0.7"))

    assert list(OwnPlace.objects.standing()) == [again]
    assert OwnPlace.objects.count() == 2


def test_taking_back_is_of_that_council_and_category_alone(own, council, laptops):
    others = [place(make_council(), laptops), place(council, make_category("MON"))]

    take_back_own(council, laptops)

    assert set(OwnPlace.objects.standing()) == set(others)


# The page


@pytest.mark.usefixtures("officer")
def test_the_page_shows_the_national_place_beside_the_form(client, council, laptops):
    shown = words(client, page_of(council, laptops))

    assert "Commodity 0.92, close to residents 0.35" in shown
    assert "None given" in shown


def test_an_officer_gives_a_place_and_sees_it_on_the_grid(client, officer, council, laptops):
    response = client.post(page_of(council, laptops), SAID, follow=True)

    [made] = OwnPlace.objects.standing()
    assert (made.council, made.category, made.decided_by) == (council, laptops, officer)
    assert (made.evolution, made.visibility) == (Decimal("0.60"), Decimal("0.55"))
    shown = response.content.decode()
    assert "Yours 0.60" in shown
    assert "Yours 0.55" in shown
    assert f"because: {REASON}" in shown


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    "wrong",
    [
        *({"evolution": said} for said in ("1.01", "-0.1", "NaN", "0.123", "half", "")),
        {"visibility": "2"},
        {"reason": " "},
        {"reason": "x" * 301},
    ],
)
def test_what_is_not_on_the_grid_or_says_no_reason_is_asked_again(client, council, laptops, wrong):
    response = client.post(page_of(council, laptops), SAID | wrong)

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not OwnPlace.objects.exists()


@pytest.mark.usefixtures("officer", "own")
def test_an_officer_takes_it_back(client, council, laptops):
    assert REASON in words(client, page_of(council, laptops))

    response = client.post(page_of(council, laptops), {"take_back": "1"}, follow=True)

    assert not OwnPlace.objects.standing().exists()
    assert REASON not in response.content.decode()


@pytest.mark.usefixtures("officer")
def test_what_has_no_national_place_has_no_page(client, council):
    assert client.get(page_of(council, make_category("XXX"))).status_code == 404


# Who sees it


@pytest.mark.usefixtures("own")
def test_nobody_else_sees_it(client, council):
    for somebody in (None, make_officer(), make_buyer()):
        client.logout()
        if somebody:
            client.force_login(somebody)
        for path in (GRID, f"{GRID}?council={council.pk}"):
            assert REASON not in words(client, path)
            assert "own place for" not in words(client, path)
        assert "[0.35, 0.92]" in words(client, f"{MAP}?council={council.pk}")


@pytest.mark.usefixtures("own")
def test_the_grid_gathers_nobodys_place_for_those_who_do_not_act_for_the_council(council):
    for reader in (EVERYBODY, Powers(councils=frozenset({make_council().pk}))):
        assert sharing_grid(reader=reader, council=council).categories[0].own is None


@pytest.mark.usefixtures("own")
def test_administrators_name_the_council(client, council):
    client.force_login(make_administrator())

    assert REASON not in words(client, GRID)
    assert REASON in words(client, f"{GRID}?council={council.pk}")
    assert REASON not in words(client, f"{GRID}?council=%00")


@pytest.mark.usefixtures("own")
def test_officers_of_several_choose_one(client, council):
    other = make_council()
    client.force_login(make_officer(council, other))

    shown = words(client, GRID)
    assert REASON not in shown
    assert f"?council={council.pk}" in shown

    shown = words(client, f"{GRID}?council={council.pk}")
    assert REASON in shown
    assert f'href="?council={other.pk}"' in shown


# The picture and the map text


@pytest.mark.usefixtures("officer", "own")
def test_the_picture_has_a_diamond_for_each_own_place(client):
    make_category("MON", evolution=0.9, visibility=0.3)

    shown = words(client, GRID)

    # One in the wide picture, one in the narrow one.
    assert shown.count("<polygon") == 2
    assert shown.count("Laptops: own place") == 2


@pytest.mark.usefixtures("officer", "own")
def test_the_map_text_of_a_council_has_its_own_places(client, council):
    make_category("MON", name="Monitors", evolution=0.9, visibility=0.3)
    link = f"{MAP}?council={council.pk}"
    assert link in words(client, GRID)

    found = words(client, link)

    assert "component Laptops [0.55, 0.60]" in found
    assert "component Monitors [0.30, 0.90]" in found
    assert "component Laptops [0.35, 0.92]" in words(client, MAP)


# What it costs


@pytest.mark.usefixtures("officer", "own")
def test_own_places_cost_two_questions_however_many(client, council, django_assert_num_queries):
    for code in ("MON", "DOC", "KEY"):
        place(council, make_category(code, evolution=0.9, visibility=0.3))

    # Session, person, roles, the council and its places; joint buys; and the seven of everybody.
    with django_assert_num_queries(13):
        client.get(GRID)


@pytest.mark.usefixtures("officer", "own")
def test_the_page_of_an_own_place_costs_the_same(
    client, council, laptops, django_assert_num_queries
):
    # Session, person, council, roles, category, what stands; and six for the national place.
    with django_assert_num_queries(12):
        client.get(page_of(council, laptops))
