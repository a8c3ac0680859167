"""A contract is bought once: what is signed for in one joint buy is told and refused in others."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from procurement.actions import joint_buys, pledging
from procurement.actions.joint_buys import NotDoneError
from procurement.models import Pledge
from procurement.signings import councils_done, signed_of
from procurement.standing import stand
from registry.permissions import EVERYBODY, powers_of
from tests.factories import (
    TODAY,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_opportunity,
    make_pledge,
)

pytestmark = pytest.mark.django_db
Step = Pledge.Step


@pytest.fixture
def region():
    return make_grouping(name="East Midlands")


@pytest.fixture
def districts(region):
    """A county's councils, all of them within the region."""
    return make_grouping(name="Fenmarsh and its districts", kind="county")


@pytest.fixture
def contracts(region, districts):
    network = make_category("WAN")
    councils = [make_council(region, districts, name=f"{n} Council") for n in ("Ash", "Birch")]
    return [make_contract(council=one, category=network) for one in councils]


@pytest.fixture
def narrower(contracts, districts):
    return make_opportunity(*contracts, grouping=districts, start_date=date(2028, 4, 1))


@pytest.fixture
def first(contracts, region):
    """The region's joint buy, which both councils signed."""
    wider = make_opportunity(*contracts, grouping=region)
    this = joint_buys.begin_joint_buy(wider, today=TODAY, by=None)
    for one in contracts:
        make_pledge(this, one.council, "signed")
    return this


@pytest.fixture
def second(narrower):
    return joint_buys.begin_joint_buy(narrower, today=TODAY, by=None)


def page(client, person, path):
    client.force_login(person)
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def commit(this, council):
    said = {**dict.fromkeys(pledging.QUANTITIES, 100), "would_lead": True}
    participant = this.participants.get(council=council)
    return pledging.pledge(participant, Step.COMMITS, today=TODAY, by=None, **said)


def close(this, *committed):
    """With these committed, as before anything was signed elsewhere; the first leads."""
    for council in committed:
        make_pledge(this, council, "commits", would_lead=True)
    joint_buys.set_lead(this.pk, committed[0], by=None)
    pledging.close(this.pk, by=None)
    this.refresh_from_db()


def test_a_council_is_done_once_all_of_its_contracts_are_signed_for():
    a, b, c = uuid4(), uuid4(), uuid4()
    members = [("Ash", a), ("Ash", b), ("Birch", c)]

    assert councils_done(members, {a, c}) == {"Birch"}
    assert councils_done(members, {a, b}) == {"Ash"}
    assert councils_done([], {a}) == frozenset()


def test_the_list_and_the_opportunity_say_where_contracts_are_signed_for(
    client, narrower, first, region, districts
):
    buyer = make_buyer(region, districts)
    said = "2 of its contracts are signed for in <a"

    listed = page(client, buyer, reverse("procurement:opportunities"))
    opened = page(client, buyer, narrower.get_absolute_url())

    assert listed.count(said) == 2  # the region's own row says it as well
    assert "East Midlands, from 1 October 2027</a>. " in listed
    assert listed.count("Under way</a>") == 1
    assert said in opened
    assert first.get_absolute_url() in opened


def test_who_may_not_see_the_joint_buy_is_not_told_who_signed_it(
    client, narrower, first, second, districts
):
    buyer = make_buyer(districts)
    addresses = (reverse("procurement:opportunities"), narrower.get_absolute_url())

    for address in (*addresses, second.get_absolute_url()):
        text = page(client, buyer, address)
        assert "signed for in" not in text
        assert first.get_absolute_url() not in text
    assert signed_of([narrower], reader=EVERYBODY) == {narrower.pk: []}


def test_committing_to_what_is_signed_for_elsewhere_is_refused_at_the_first_question(
    client, first, second, contracts
):
    council = contracts[0].council
    officer = make_officer(council)
    address = reverse("procurement:move", args=[second.pk])
    where = "WAN, East Midlands, from 1 October 2027. A contract is bought once"

    assert "1 of its contracts is signed for in <a" in page(client, officer, address)
    refused = client.post(address, {"council": council.pk, "step": "commits"})

    assert where in refused.content.decode()
    assert client.post(address, {"council": council.pk, "step": "watching"}).status_code == 302
    with pytest.raises(NotDoneError, match=f"Its 1 contract .* is signed .* {where}: watch or"):
        commit(second, council)


def test_signing_what_was_signed_for_elsewhere_meanwhile_is_refused(
    client, contracts, region, second
):
    ash, birch = (one.council for one in contracts)
    close(second, ash, birch)
    wider = make_opportunity(*contracts, grouping=region)
    first = joint_buys.begin_joint_buy(wider, today=TODAY, by=None)
    make_pledge(first, ash, "signed")

    with pytest.raises(NotDoneError, match="so there is nothing to sign here"):
        pledging.sign(second.participants.get(council=ash), by=None)
    pledging.sign(second.participants.get(council=birch), by=None)

    sign = page(client, make_officer(ash), reverse("procurement:sign", args=[second.pk]))
    assert "1 of its contracts is signed for in <a" in sign
    assert "Sign for" not in sign
    standing = stand(second, today=TODAY, reader=powers_of(make_buyer(region, second.grouping)))
    assert {line.rung.name: line.quantity for line in standing.ladder}["Signed"] == 100
    assert "It counts there and not here." in page(
        client, make_officer(ash), second.get_absolute_url()
    )


def test_a_commitment_counts_no_more_once_its_contracts_are_signed_for_elsewhere(
    contracts, second, region
):
    ash, birch = (one.council for one in contracts)
    for council in (ash, birch):
        commit(second, council)
    wider = make_opportunity(*contracts, grouping=region)
    make_pledge(joint_buys.begin_joint_buy(wider, today=TODAY, by=None), ash, "signed")

    resolution = pledging.resolve_commitments(second.pk, by=None)

    # Birch is left alone, which is no joint buy.
    assert resolution.outcomes == [
        {"council": birch.pk, "holds": False, "round": 1, "reasons": [["councils", "2", "1"]]}
    ]
    standing = stand(second, today=TODAY, reader=powers_of(make_buyer(second.grouping)))
    assert {line.rung.name: line.quantity for line in standing.ladder}[Step.COMMITS.label] == 100


def test_signed_twice_before_counts_where_it_was_signed_first(first, second, contracts, region):
    ash = contracts[0].council
    make_pledge(second, ash, "signed")
    reader = powers_of(make_buyer(region, second.grouping))

    in_first, in_second = (stand(one, today=TODAY, reader=reader) for one in (first, second))

    assert (in_first.done, in_first.signed) == (frozenset(), [])
    assert ash.pk in in_second.done
    assert in_second.signed == [(first, 2)]


def test_a_council_with_another_contract_there_may_commit_to_the_rest(first, contracts, districts):
    ash = contracts[0].council
    more = make_contract(council=ash, category=contracts[0].category)
    opportunity = make_opportunity(*contracts, more, grouping=districts)
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)

    assert commit(this, ash).step == Step.COMMITS


def test_what_is_signed_for_takes_one_query_however_many(
    narrower, first, region, django_assert_num_queries
):
    reader = powers_of(make_buyer(region))

    with django_assert_num_queries(1):
        assert signed_of([narrower, narrower], reader=reader) == {narrower.pk: [(first, 2)]}
