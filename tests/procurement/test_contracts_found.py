"""Pages of contracts: kept statements, and spans searched for words, find what plain queries do."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import psycopg
import pytest

from procurement import contracts_found, contracts_searched, contracts_told, kept_sql
from procurement.kept_sql import Statement
from procurement.pagination import Order, Position, rows_after
from procurement.renderers import JSONRenderer
from tests.factories import NOW, make_category, make_contract, make_council, make_supplier

pytestmark = pytest.mark.django_db
BY_END, BY_CHANGE = Order("end_date", lacking=True), Order("changed_at")


def written(rows):
    return JSONRenderer().render([list(row) for row in rows])


def plainly(values, order, after, size):
    contracts = contracts_found.asked_for(values.items())
    rows = contracts_told.rows(contracts, contracts_told.FIELDS, then=order.field)
    return rows_after(rows, order, after=after, size=size)


@pytest.fixture
def some():
    """Three councils, two categories; days, amounts, and contracts without an end."""
    councils = [make_council(code=f"E0700000{n}") for n in (1, 2, 3)]
    laptops, phones = make_category("LAP"), make_category("MOBA")
    firm = make_supplier("Acme Ltd", company_number="01234567")
    return [
        make_contract(
            council=councils[n % 3],
            category=(laptops, phones)[n % 2],
            supplier=firm if n % 4 == 0 else None,
            title=f"Contract 100% number {n}",
            start_date=date(2024, 1, 1) + timedelta(n),
            end_date=None if n % 5 == 0 else date(2027, 1, 1) + timedelta(n // 2),
            rolling=n % 5 == 0,
            yearly_value=n * 1000,
            changed_at=NOW + timedelta(minutes=n),
        )
        for n in range(24)
    ]


QUESTIONS = [
    [{}],
    [{"category": ["LAP"]}, {"category": ["MOBA"]}, {"category": ["LAP", "MOBA"]}],
    [{"council": ["E07000001", "E07000002"]}, {"council": ["E07000003", "E07000003"]}],
    [{"ends_after": date(2027, 1, 3)}, {"ends_after": date(2027, 1, 9)}],
    [
        {"ends_before": date(2027, 1, 6), "category": ["LAP"]},
        {"category": ["MOBA"], "ends_before": date(2027, 1, 8)},
    ],
    [
        {"starts_after": date(2024, 1, 5), "starts_before": date(2024, 1, 20)},
        {"starts_after": date(2024, 1, 9), "starts_before": date(2024, 1, 9)},
    ],
    [{"live_on": date(2024, 1, 12)}, {"live_on": date(2027, 1, 5)}],
    [{"min_yearly_value": 5000}, {"min_yearly_value": 0}],
    [{"rolling": True}, {"rolling": False}],
    [{"company_number": "1234567"}, {"company_number": "7654321"}],
]


@pytest.mark.parametrize("questions", QUESTIONS)
def test_statement_kept_for_one_question_answers_others_of_its_form(some, questions):
    for values in (*questions, *questions):
        for after in (None, Position(date(2027, 1, 4), some[8].pk), Position(None, UUID(int=5))):
            found = contracts_found.page(values, contracts_told.FIELDS, BY_END, after=after, size=7)

            assert written(found) == written(plainly(values, BY_END, after, 7))


@pytest.mark.parametrize("minutes", [0, 3, 17, 100])
def test_statement_kept_is_of_its_order(some, minutes):
    values = {"changed_since": NOW.astimezone(UTC) + timedelta(minutes=minutes)}
    after = Position(NOW + timedelta(minutes=5), some[5].pk)

    found = contracts_found.page(values, ["title"], BY_CHANGE, after=after, size=6)

    assert [row[0] for row in found] == [
        one.title
        for one in some
        if one.changed_at >= max(values["changed_since"], some[6].changed_at)
    ][:6]


def test_nothing_stands_in_for_what_is_not_compared():
    with pytest.raises(TypeError, match="Nothing stands in"):
        kept_sql.stand_in(1.5, 0)


# Thresholds under which each way of searching is taken for a handful of contracts.
WAYS = {
    "as it is": {},
    "read along": {"COMMON": 0, "FEW": 0, "READ": 3},
    "by spans": {"COMMON": 10**9, "FEW": 0, "ENOUGH": 1},
    "looked up and read": {"COMMON": 10**9, "FEW": 0, "COMMONER": 1},
    "all at once": {"COMMON": 10**9, "FEW": 10**9},
}


@pytest.fixture(params=WAYS)
def taking(request, monkeypatch):
    for name, value in WAYS[request.param].items():
        monkeypatch.setattr(contracts_searched, name, value)


@pytest.mark.usefixtures("taking")
@pytest.mark.parametrize(
    ("asked", "remainder"), [("contract", None), ("contract fiv", 0), ("ünder", 1)]
)
@pytest.mark.parametrize("since", [{}, {"changed_since": "2000-01-01T00:00:00Z"}])
def test_words_are_found_in_the_order_of_the_list_whichever_way(client, asked, remainder, since):
    for n in range(20):
        make_contract(
            title=f"Contract {n} {('fives', 'ünder', 'no', 'no', 'no')[n % 5]}",
            end_date=None if n % 3 == 0 else date(2027, 1, 30) - timedelta(n // 2),
            changed_at=NOW - timedelta(minutes=n),
        )
    everything = list(pages(client, page_size=200, **since))

    found = list(pages(client, q=asked, page_size=4, **since))

    wanted = [
        one
        for one in everything
        if remainder is None or int(one["title"].split()[1]) % 5 == remainder
    ]
    assert found == wanted
    assert found


def test_words_are_found_where_guesses_contradict_each_other(client, monkeypatch):
    monkeypatch.setattr(
        contracts_searched,
        "about_how_many",
        lambda _, words: contracts_searched.FEW if words else 0,
    )
    for n in range(9):
        make_contract(title=f"Contract {n}")

    assert len(list(pages(client, q="contract", page_size=4))) == 9


def pages(client, **asked):
    answer = client.get("/api/v1/contracts/", asked).json()
    yield from answer["results"]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        yield from answer["results"]


class Connection(SimpleNamespace):
    """One whose server went away, until it is closed and opened again."""

    def close(self):
        self.connection.closed = False


@pytest.mark.parametrize(("closed", "answered"), [(True, True), (False, False)])
def test_connection_that_was_lost_is_opened_again_and_asked_once_more(
    monkeypatch, closed, answered
):
    held = Connection(
        connection=SimpleNamespace(closed=closed),
        wrap_database_errors=nullcontext(),
    )
    tried = []

    def asked(_statement, given):
        tried.append(given)
        if len(tried) == 1:
            raise psycopg.OperationalError("the connection is lost")
        return [("a row",)]

    monkeypatch.setattr(kept_sql, "connection", held)
    monkeypatch.setattr(Statement, "asked", asked)
    statement = Statement(b"SELECT $1", (0,))

    if answered:
        assert statement.rows(["given"]) == [("a row",)]
        assert tried == [["given"], ["given"]]
    else:
        with pytest.raises(psycopg.OperationalError):
            statement.rows(["given"])


def test_moments_stand_in_for_moments():
    assert kept_sql.stand_in(datetime(2027, 1, 1, tzinfo=UTC), 3) > kept_sql.stand_in(
        datetime(2027, 1, 1, tzinfo=UTC), 2
    )
