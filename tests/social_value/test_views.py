"""What is shown of promises and pools to whom, and how an officer puts a promise right."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.urls import reverse

from social_value import actions
from social_value.models import Commitment, CommitmentDecision
from social_value.panels import promises_joined
from social_value.pictures import MOST_GAPS, MOST_STREAMS, Gap, Giving, flows, gaps
from social_value.plausible import least_pounds, too_much, worth
from social_value.quantities import measured, plain
from social_value.tallies import measures
from tests.factories import (
    TODAY,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_withholding,
)
from tests.social_value.factories import (
    make_commitment,
    make_measure,
    make_need,
    make_pool,
    make_unpooled,
)


@pytest.fixture
def contract(db):
    actions.load_reference()
    contract = make_contract(
        council=make_council(make_grouping(code="E12000009", name="South West")),
        start_date=date(2026, 4, 1),
        end_date=date(2029, 3, 31),
        social_value="2 apprentices; up to 5 days volunteering",
        department="ICT",
    )
    actions.read_all()
    return contract


@pytest.fixture
def officer(client, contract):
    user = make_officer(contract.council)
    client.force_login(user)
    return user


def page(client, name, *args, **query):
    response = client.get(reverse(f"social_value:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def said(**fields):
    return {
        "words": "2 apprentices",
        "what": "promised",
        "measure": "apprenticeship_weeks",
        "quantity": "90",
    } | fields


def test_contract_page_shows_promises_words_reasons_and_problems(client, contract):
    text = client.get(contract.get_absolute_url()).content.decode()

    assert "104 weeks" in text
    assert "“2 apprentices”" in text
    assert "an apprenticeship is counted as 52 weeks" in text
    assert "“up to 5 days volunteering”" in text
    assert "Put it right" not in text


def test_contract_page_gives_its_officer_a_way_to_put_it_right(client, contract, officer):
    text = client.get(contract.get_absolute_url()).content.decode()

    assert "?words=2%20apprentices" in text
    assert "?words=up%20to%205%20days%20volunteering" in text


def test_council_pages_count_and_list_promises(client, contract):
    panel = client.get(contract.council.get_absolute_url()).content.decode()
    listed = page(client, "council", contract.council_id)

    assert "1 promise</a>, and 1 more part of the register’s words that was not understood" in panel
    assert contract.title in listed
    assert "“Up to” is met by nothing at all" in listed


def test_council_without_promises_says_how_the_page_fills(client, contract):
    text = page(client, "council", make_council().pk)

    assert "has a column on social value yet" in text


def test_council_page_costs_the_same_however_long(client, contract, django_assert_num_queries):
    make_commitment(contract=contract, measure=Commitment.objects.get().measure)
    page(client, "council", contract.council_id)

    with django_assert_num_queries(6):
        page(client, "council", contract.council_id)


def test_correcting_begins_with_what_was_read(client, contract, officer):
    text = page(client, "correct", contract.pk, words="2 apprentices")

    assert "What does “2 apprentices” promise?" in text
    assert 'value="104"' in text
    assert 'value="ICT"' in text


def test_correcting_shows_round_amounts_in_full(client, contract, officer):
    type(contract).objects.update(social_value="£500 p.a. to the community fund")
    actions.read_all()

    text = page(client, "correct", contract.pk, words="£500 p.a. to the community fund")

    assert 'value="500"' in text


def test_correcting_words_the_register_does_not_have_leads_nowhere(client, contract, officer):
    answer = client.get(reverse("social_value:correct", args=[contract.pk]), {"words": "3 lions"})

    assert answer.status_code == 404


def test_an_officers_word_stands_and_says_whose_it_is(client, contract, officer):
    answer = client.post(reverse("social_value:correct", args=[contract.pk]), said(), follow=True)

    commitment = Commitment.objects.get()
    assert commitment.quantity == 90
    assert commitment.decision.decided_by == officer
    assert "90 weeks" in answer.content.decode()
    assert officer.username in answer.content.decode()


def test_a_year_that_is_a_slip_of_the_pen_is_refused(client, contract, officer):
    url = reverse("social_value:correct", args=[contract.pk])
    never = {"ends_0": "31", "ends_1": "12", "ends_2": "9999"}

    answer = client.post(url, said(per_year="on", **never))

    assert "Check the year: give one from 1900 to 2199." in answer.content.decode()
    assert not Commitment.objects.exclude(decision=None).exists()


def test_an_officer_can_say_from_when_and_by_when(client, contract, officer):
    url = reverse("social_value:correct", args=[contract.pk])
    until = {"ends_0": "31", "ends_1": "3", "ends_2": "2027"}
    before = {"starts_0": "1", "starts_1": "4", "starts_2": "2027"}

    assert "cannot end before" in client.post(url, said(**until, **before)).content.decode()
    client.post(url, said(**until))

    commitment = Commitment.objects.get()
    assert (commitment.starts, commitment.ends) == (contract.start_date, date(2027, 3, 31))
    assert 'value="2027"' in page(client, "correct", contract.pk, words="2 apprentices")


def test_days_that_cannot_stand_beside_the_contracts_stand_alone(client, contract, officer):
    later = {"starts_0": "1", "starts_1": "4", "starts_2": "2030"}

    client.post(reverse("social_value:correct", args=[contract.pk]), said(**later))

    assert (Commitment.objects.get().starts, Commitment.objects.get().ends) == (
        *(date(2030, 4, 1), None),
    )


def test_saying_it_again_replaces_what_was_said(client, contract, officer):
    for quantity in ("90", "80"):
        client.post(reverse("social_value:correct", args=[contract.pk]), said(quantity=quantity))

    assert Commitment.objects.get().quantity == 80
    assert CommitmentDecision.objects.standing().count() == 1


def test_an_officer_can_say_that_words_promise_nothing(client, contract, officer):
    client.post(reverse("social_value:correct", args=[contract.pk]), said(what="nothing"))

    assert not Commitment.objects.exists()


def test_a_promise_without_measure_or_amount_is_asked_for(client, contract, officer):
    answer = client.post(
        reverse("social_value:correct", args=[contract.pk]), said(measure="", quantity="")
    )

    text = answer.content.decode()
    assert "Choose a measure" in text
    assert "Give an amount" in text
    assert not CommitmentDecision.objects.exists()


@pytest.mark.parametrize("quantity", ["-1", "0", "many", "1e20"])
def test_an_amount_that_is_none_is_refused(client, contract, officer, quantity):
    answer = client.post(
        reverse("social_value:correct", args=[contract.pk]), said(quantity=quantity)
    )

    assert answer.status_code == 200
    assert not CommitmentDecision.objects.exists()


@pytest.fixture
def small(officer, contract):
    """A contract of £20,000 in all, whose register has a slip of the pen."""
    small = make_contract(
        council=contract.council,
        social_value="5,000 apprentices; 40 hours of volunteering",
        total_value=Decimal(20_000),
        yearly_value=Decimal(5_000),
        start_date=date(2026, 4, 1),
        end_date=date(2029, 3, 31),
    )
    actions.read_all()
    return small


def test_what_a_contract_could_not_pay_for_is_asked_about_and_no_promise(client, small):
    text = client.get(small.get_absolute_url()).content.decode()

    assert Commitment.objects.get(contract=small).measure_id == "volunteer_hours"
    assert "This is more than the whole contract could pay for" in text


def test_what_a_contract_could_not_pay_for_is_kept_once_said_to_be_so(client, small):
    url = reverse("social_value:correct", args=[small.pk])
    facts = said(words="5,000 apprentices", quantity="260000")

    asked = client.post(url, facts).content.decode()
    assert "This is more than the whole contract could pay for" in asked
    assert "This is right" in asked
    below = [asked.index(f'id="id_{name}"') for name in ("quantity", "right", "per_year")]
    assert below == sorted(below)
    assert "Apprenticeships, in weeks" in asked
    assert not CommitmentDecision.objects.exists()

    client.post(url, facts | {"right": "on"})
    kept = Commitment.objects.get(contract=small, measure="apprenticeship_weeks")
    assert kept.quantity == 260_000


def test_what_is_asked_about_follows_the_value(small):
    type(small).objects.filter(pk=small.pk).update(total_value=Decimal(90_000_000))
    actions.read_all()

    assert Commitment.objects.filter(contract=small).count() == 2


def test_what_is_asked_about_tells_nothing_of_a_withheld_value(small):
    make_withholding(small, "value")
    actions.read_all()

    assert Commitment.objects.filter(contract=small).count() == 2


@pytest.mark.parametrize(
    ("unit", "quantity", "pounds", "asked"),
    [
        ("week", 104, 20_000, False),
        ("week", 260_000, 20_000, True),
        ("week", 260_000, None, False),
        ("tonne CO2e", 260_000, 20_000, False),
        ("pound", 20_001, 20_000, True),
        ("per cent", 101, None, True),
        ("per cent", 100, 20_000, False),
    ],
)
def test_too_much_is_what_the_whole_contract_could_not_pay_for(unit, quantity, pounds, asked):
    assert too_much(unit, Decimal(quantity), pounds and Decimal(pounds)) is asked


def test_a_contract_is_worth_its_total_or_its_years_whichever_is_more():
    term = (date(2026, 4, 1), date(2029, 3, 31))

    assert worth(Decimal(10), Decimal(5), *term) == 15
    assert worth(Decimal(20), Decimal(5), *term) == 20
    assert worth(None, Decimal(5), None, None) == 5
    assert worth(None, None, *term) is None


def test_every_measure_that_costs_something_has_a_least_cost(contract):
    units = {one.unit for one in measures().values()} - {"per cent", "tonne CO2e"}

    assert units == set(least_pounds())


def test_taking_back_lets_the_words_be_read_again(client, contract, officer):
    client.post(reverse("social_value:correct", args=[contract.pk]), said())
    decision = CommitmentDecision.objects.get()

    client.post(reverse("social_value:take_back", args=[contract.pk]), {"decision": decision.pk})

    assert Commitment.objects.get().quantity == 104


@pytest.mark.parametrize("decision", ["", "x", "-1"])
def test_taking_back_something_else_leads_nowhere(client, contract, officer, decision):
    answer = client.post(
        reverse("social_value:take_back", args=[contract.pk]), {"decision": decision}
    )

    assert answer.status_code == 404


def test_nobody_takes_back_what_was_said_of_another_contract(client, contract, officer):
    client.post(reverse("social_value:correct", args=[contract.pk]), said())
    own = make_contract(council=contract.council)

    client.post(
        reverse("social_value:take_back", args=[own.pk]),
        {"decision": CommitmentDecision.objects.get().pk},
    )

    assert CommitmentDecision.objects.standing().exists()


def test_pools_are_listed_with_what_is_left_and_missing(client, contract):
    actions.rebuild_pools(today=TODAY)
    make_unpooled(measure=Commitment.objects.get().measure, place="E12000009")

    text = page(client, "pools")

    assert "Apprenticeships: 104 weeks" in text
    assert "South West" in text
    assert "46 weeks" in text


def test_what_is_left_is_told_by_what_is_usable_at_one_time_of_what_is_useful(client, contract):
    measure = Commitment.objects.get().measure
    make_unpooled(measure=measure, amount=Decimal(9), missing=Decimal(46))
    make_unpooled(measure=measure, place="E12000008", amount=Decimal(6), missing=Decimal(40))

    text = page(client, "pools")

    assert text.count("6 weeks of the 52 weeks that would be useful") == 4  # two pictures, in words
    assert "6 weeks of 52 weeks" in text
    assert text.count("not all at one time") == 1
    assert text.count("more may be used there too") == 1


def test_pools_page_says_how_it_fills(client, db):
    assert "No promises come to something useful together yet" in page(client, "pools")


def test_pools_page_costs_the_same_however_long(client, contract, django_assert_num_queries):
    for _ in range(3):
        make_pool(make_commitment(measure=Commitment.objects.first().measure))

    with django_assert_num_queries(9):
        page(client, "pools")


def test_pool_page_draws_and_lists_every_share(client, contract):
    commitments = [make_commitment(measure=Commitment.objects.first().measure) for _ in range(4)]
    pool = make_pool(*commitments, need=make_need(measure=commitments[0].measure))

    text = page(client, "pool", pool.pk)

    assert "Shall these 4 promises meet what Testham Youth Club needs?" in text
    assert all(one.contract.title in text for one in commitments)
    assert text.count("<path") == 2 * 4
    assert "contact" not in text.lower()


def test_pool_page_names_no_withheld_supplier(client, contract, officer):
    commitment = Commitment.objects.get()
    make_withholding(contract)

    text = page(client, "pool", make_pool(commitment).pk)

    assert contract.supplier.name not in text


def test_flows_are_as_wide_as_what_they_give_and_fill_the_bar():
    drawn = flows(
        [Giving("A", Decimal(30), ""), Giving("B", Decimal(10), "")], Decimal(20), width=900
    )

    one, other = drawn.streams
    assert one.width == pytest.approx(3 * other.width)
    assert one.width + other.width == pytest.approx(drawn.bar_height)
    assert one.left + one.width <= other.left
    assert drawn.useful == pytest.approx(drawn.bar_top + drawn.bar_height / 2)


def test_flows_past_the_most_that_can_be_drawn_are_one():
    drawn = flows([Giving(f"{n}", Decimal(1), "") for n in range(40)], Decimal(52), width=900)

    assert len(drawn.streams) == MOST_STREAMS
    assert sum(stream.giving.amount for stream in drawn.streams) == 40
    assert not drawn.shows_useful


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        ("1", "week", "1 week"), ("5.2000", "week", "5.2 weeks"), ("1040", "hour", "1,040 hours"),
        ("1", "person", "1 person"), ("20", "person", "20 people"),
        ("0.1", "FTE-year", "0.1 FTE-years"),
        ("5000", "pound", "£5,000"), ("12.5", "per cent", "12.5%"),
        ("2", "tonne CO2e", "2 tonnes CO2e"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_people_write_them(amount, unit, words):
    assert measured(Decimal(amount), unit) == words


def test_plain_keeps_what_is_small():
    assert plain(Decimal("0.0001")) == "0.0001"


def test_gaps_nearest_to_something_useful_stand_first():
    found = [Gap(f"{n}", Decimal(52), Decimal(n), "") for n in range(1, 40)]

    drawn = gaps([*found, Gap("whole", Decimal(52), Decimal(52), "")], width=358, name="gaps")

    assert [line.gap.name for line in drawn.lines] == [f"{n}" for n in range(39, 27, -1)]
    assert len(drawn.lines) == MOST_GAPS
    assert all(0 < line.filled < drawn.whole for line in drawn.lines)


def test_what_cannot_be_had_at_the_same_time_fills_nothing_of_a_gap():
    [line] = gaps([Gap("", Decimal(16), Decimal(0), "")], width=358, name="").lines

    assert line.filled == 0


@pytest.mark.django_db
def test_percentages_promised_together_are_said_not_to_be_added():
    share = make_measure("local_spend", unit="%", useful_amount=None, useful_name="")
    contracts = {make_commitment(measure=share).contract_id for _ in range(2)}

    said = promises_joined(RequestFactory().get("/"), contracts, "")

    assert "Percentages; they cannot be added" in said
