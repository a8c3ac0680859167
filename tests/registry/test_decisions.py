"""What a contract asks of its council, and by when."""

from datetime import date

from registry.decisions import Matter, decisions
from registry.exits import Terms
from registry.terms import Break, Length, read_extension, read_notice

TODAY = date(2026, 11, 20)


def matters(terms, review=None):
    return [(d.by, d.matter) for d in decisions(terms, review=review, today=TODAY)]


def test_decisions_of_a_plain_term_is_its_end():
    terms = Terms(start=date(2024, 4, 1), end=date(2027, 3, 31), extension=read_extension("None"))

    assert matters(terms) == [(date(2027, 3, 31), Matter.END)]


def test_decisions_put_an_extension_before_the_end_by_its_notice():
    terms = Terms(
        start=date(2024, 4, 1),
        end=date(2027, 3, 31),
        extension=read_extension("2 x 12 months"),
        notice=read_notice("3 months"),
    )

    [extend, end] = decisions(terms, review=None, today=TODAY)

    assert (extend.by, extend.matter) == (date(2026, 12, 31), Matter.EXTEND)
    assert "31 March 2029" in extend.words
    assert end.matter == Matter.END


def test_decisions_name_the_first_day_a_break_can_be_used():
    leave = Break(first=date(2027, 3, 31), notice=Length(months=3))
    terms = Terms(start=date(2024, 4, 1), end=date(2029, 3, 31), leave=leave)

    [decision, end] = decisions(terms, review=None, today=TODAY)

    assert (decision.by, decision.matter) == (date(2026, 12, 31), Matter.BREAK)
    assert "31 March 2027" in decision.words
    assert end.matter == Matter.END


def test_decisions_on_an_option_at_the_very_end_speak_for_the_end():
    terms = Terms(
        start=date(2024, 4, 1), end=date(2027, 3, 31), extension=read_extension("2 x 12 months")
    )

    assert matters(terms) == [(date(2027, 3, 31), Matter.EXTEND)]


def test_decisions_leave_out_what_has_passed():
    terms = Terms(start=date(2020, 1, 1), end=date(2026, 6, 30))

    assert matters(terms, review=date(2026, 11, 19)) == []


def test_decisions_are_in_order_with_the_review():
    terms = Terms(start=date(2024, 4, 1), end=date(2027, 3, 31))

    assert matters(terms, review=date(2026, 12, 1))[0] == (date(2026, 12, 1), Matter.REVIEW)


def test_a_rolling_contract_asks_only_for_its_review():
    terms = Terms(start=date(2024, 4, 1), rolling=True, notice=read_notice("90 days"))

    assert matters(terms) == []
    assert matters(terms, review=TODAY) == [(TODAY, Matter.REVIEW)]
