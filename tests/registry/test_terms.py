from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.terms import (
    Break,
    Extension,
    ExtensionKind,
    Length,
    SumReading,
    add,
    against_term,
    last_day,
    latest_end,
    read_break,
    read_extension,
    read_length,
    read_notice,
)

YEAR, TWO_YEARS, THREE_YEARS = Length(months=12), Length(months=24), Length(months=36)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def months(*numbers: int) -> tuple[Length, ...]:
    return tuple(Length(months=number) for number in numbers)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2 x 12 months", months(12, 12)),
        ("18", months(18)),
        ("18.0", months(18)),
        ("24.00", months(24)),
        ("18. months", months(18)),
        ("24 x 1 month", months(*[1] * 24)),
        ("36 x 1 month", months(*[1] * 36)),
        ("52 x 1 week", (Length(days=7),) * 52),
        ("12 months from 01/04/2028", months(12)),
        ("2 years from 1 April 2028", months(24)),
        ("from 1 April 2028 for 12 months", months(12)),
        ("two 12 month extensions, notice by 31/12/2027", months(12, 12)),
        ("2 x 12 months, decision to be made by 31/12/2027", months(12, 12)),
        ("1 year, review 01/10/2027", months(12)),
        ("1 year (review date: 01/10/2027)", months(12)),
        ("2 separate 12 month options", months(12, 12)),
        ("2.0 x 12 months", months(12, 12)),
        ("2.0 x 12.0", months(12, 12)),
        ("2x12m", months(12, 12)),
        ("2 X 1 YEAR", months(12, 12)),
        ("12 months x 2", months(12, 12)),
        ("two further periods of 12 months", months(12, 12)),
        ("Two (2) periods of twelve (12) months", months(12, 12)),
        ("two one-year options", months(12, 12)),
        ("2 options to extend by 1 year", months(12, 12)),
        ("up to 2 x 12 months", months(12, 12)),
        ("1 x 24 months and 1 x 12 months", months(24, 12)),
        ("1+1", months(12, 12)),
        ("+1+1", months(12, 12)),
        ("12+12 months", months(12, 12)),
        ("12 + 12", months(12, 12)),
        ("1 yr + 1 yr", months(12, 12)),
        ("option to extend 24m", months(24)),
        ("12 month extension available", months(12)),
        ("Yes - 12 months", months(12)),
        ("a further 12 months", months(12)),
        ("options for 2 further years", months(24)),
        ("24", months(24)),
        ("12 months, then 6 months", months(12, 6)),
        ("12 months with 3 months notice", months(12)),
        ("up to 2 years in 12 month increments", months(12, 12)),
    ],
)
def test_read_extension_finds_whole_options(text, periods):
    assert read_extension(text).kind is ExtensionKind.PERIODS
    assert read_extension(text).periods == periods
    assert read_extension(text).initial is None


@pytest.mark.parametrize(
    ("text", "initial", "periods"),
    [
        ("3+1+1", 36, months(12, 12)),
        ("3 + 2", 36, months(24)),
        ("2 years (1+1)", None, months(12, 12)),
        ("3 years (1+1)", 36, months(12, 12)),
        ("3yrs + 1yr + 1yr", 36, months(12, 12)),
        ("2 years + 1 + 1", 24, months(12, 12)),
        ("60 months (36+24)", 36, months(24)),
        ("3 years with the option to extend for a further 2 years", 36, months(24)),
        ("2 years, with option of two further 1 year extensions", 24, months(12, 12)),
        ("36 months plus 2 x 12 months", 36, months(12, 12)),
    ],
)
def test_read_extension_tells_the_term_from_its_options(text, initial, periods):
    read = read_extension(text)

    assert read.periods == periods
    assert initial is None or read.initial == Length(months=initial)


@pytest.mark.parametrize(
    "text",
    [
        "None",
        "No",
        "N/A",
        "Nil",
        "No extension available",
        "All options used",
        "0",
        "0 x 12 months",
        "0x12",
        "0 months",
    ],
)
def test_read_extension_knows_none(text):
    assert read_extension(text) == Extension(ExtensionKind.NONE)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Yes", "Y", "TBC", "2", "1.0", "as agreed", "see contract", "-"),
        *("21 x 1 year", "100 x 100 years", "61 x 1 month", "2.5 x 12 months", "1 year x 21"),
        *("1,5 years", "1e400 months"),
        *("31/12/2099", "until 31/12/9999", "01/01/1900", "31/12/99", "12 months from 31/02/2027"),
        *("31/02/2027", "from 01/04/2028", "review 01/10/2027", "notice by 31/12/2027"),
    ],
)
def test_read_extension_does_not_guess(text):
    assert read_extension(text).kind is ExtensionKind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("up to 24 months", 24),
        ("Option to extend for up to a further 24 months", 24),
        ("24 months in total", 24),
        ("maximum of 2 years", 24),
    ],
)
def test_read_extension_reads_any_length_up_to(text, length):
    assert read_extension(text) == Extension(ExtensionKind.UP_TO, months(length))


def test_read_extension_reads_dates_and_what_follows_them():
    until = read_extension("until 31 March 2028")
    options = read_extension("31/03/2025 + 1 + 1")

    assert until == Extension(ExtensionKind.UNTIL, until=date(2028, 3, 31))
    assert options.initial_end == date(2025, 3, 31)
    assert options.periods == months(12, 12)


def test_against_term_takes_a_first_length_that_is_the_term():
    sums = read_extension("2+2")

    term, how = against_term(sums, start=date(2024, 4, 1), end=date(2026, 3, 31))
    options, as_written = against_term(sums, start=date(2024, 4, 1), end=date(2027, 3, 31))

    assert (term.initial, term.periods) == (TWO_YEARS, months(24))
    assert how is SumReading.FIRST_IS_TERM
    assert (options, as_written) == (sums, SumReading.AS_WRITTEN)


@pytest.mark.parametrize(
    ("text", "end", "how", "to_come"),
    [
        ("1 year + 1 year + 6 months", 2027, SumReading.ONLY_OPTIONS, months(12, 12, 6)),
        ("3+1+1", 2028, SumReading.PARTLY_TAKEN, months(12)),
        ("3+1+1", 2029, SumReading.PARTLY_TAKEN, ()),
        ("3+1+1", 2026, SumReading.AS_WRITTEN, months(12, 12)),
        ("1+1", 2026, SumReading.MAY_BE_PARTS, months(12, 12)),
    ],
)
def test_against_term_tells_by_the_dates_what_a_sum_is(text, end, how, to_come):
    start, end = date(2024, 4, 1), date(end, 3, 31)

    read, said = against_term(read_extension(text), start=start, end=end)

    assert (said, read.periods) == (how, to_come)


@pytest.mark.parametrize(
    ("day", "length", "later"),
    [
        (date(2025, 3, 31), YEAR, date(2026, 3, 31)),
        (date(2026, 2, 28), YEAR, date(2027, 2, 28)),
        (date(2027, 2, 28), YEAR, date(2028, 2, 29)),
        (date(2026, 6, 30), Length(months=1), date(2026, 7, 31)),
        (date(2026, 1, 30), Length(months=1), date(2026, 2, 28)),
        (date(2026, 1, 15), Length(months=1, days=3), date(2026, 2, 18)),
        (date(2026, 1, 31), Length(days=90), date(2026, 5, 1)),
    ],
)
def test_add_keeps_to_the_calendar(day, length, later):
    assert add(day, length) == later


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_add_in_two_steps_is_never_before_one_step(day, first, second):
    twice = add(add(day, Length(months=first)), Length(months=second))

    assert abs((twice - add(day, Length(months=first + second))).days) <= 3
    assert twice >= day


@given(DAYS, st.integers(1, 120))
def test_last_day_is_the_day_before_the_same_day_later(start, length):
    end = last_day(start, Length(months=length))

    assert start <= end
    assert abs((end - start).days + 1 - length * 30.4375) < 4


def test_latest_end_takes_every_option():
    end = date(2027, 3, 31)

    assert latest_end(end, read_extension("2 x 12 months")) == date(2029, 3, 31)
    assert latest_end(end, read_extension("None")) == end
    assert latest_end(end, read_extension("Yes")) is None
    assert latest_end(end, read_extension("31/03/2030")) == date(2030, 3, 31)
    run_on = "12 months (from 01/04/2027 to 31/03/2028)"
    assert latest_end(end, read_extension(run_on)) == date(2028, 3, 31)
    assert latest_end(end, read_extension("up to 24 months from 31/03/2027")) == date(2029, 3, 31)


@given(st.integers(1, 8), st.integers(1, 48), st.sampled_from(["{n} x {m} months", "{n}x{m}m"]))
def test_read_extension_reads_back_what_was_written(count, length, form):
    assume(count * length <= 240)
    read = read_extension(form.format(n=count, m=length))

    assert read.periods == months(*[length] * count)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3 years", THREE_YEARS),
        ("2 years 6 months", Length(months=30)),
        ("18-month", Length(months=18)),
        ("1.5 years", Length(months=18)),
        ("90 days", Length(days=90)),
        ("4 weeks", Length(days=28)),
        ("Three (3) years", THREE_YEARS),
    ],
)
def test_read_length_reads_one_length(text, length):
    assert read_length(text) == length


@pytest.mark.parametrize(
    "text", ["", "5", "indefinite", "3+1+1", "2 years or 3 years", "999 years"]
)
def test_read_length_does_not_guess(text):
    assert read_length(text) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3 months", Length(months=3)),
        ("6 months' written notice", Length(months=6)),
        ("One month", Length(months=1)),
        ("28 days notice", Length(days=28)),
        ("3", Length(months=3)),
        ("90", Length(days=90)),
        ("immediate", Length()),
        ("14", None),
        ("None", None),
    ],
)
def test_read_notice_reads_months_and_days(text, length):
    assert read_notice(text) == length


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("Break after 24 months with 3 months' notice", Break(None, TWO_YEARS, Length(months=3))),
        ("after year 2", Break(after=TWO_YEARS)),
        ("31/03/2027", Break(first=date(2027, 3, 31))),
        ("6 months notice", Break(notice=Length(months=6))),
        ("at any time with 30 days notice", Break(None, Length(), Length(days=30))),
        ("Yes", Break()),
        ("None", Break()),
    ],
)
def test_read_break_reads_when_and_with_what_notice(text, leave):
    assert read_break(text) == leave


@given(st.dates(), st.integers(-2400, 2400), st.integers(-2400, 2400))
def test_add_goes_no_further_than_the_calendar(day, months, days):
    later = add(day, Length(months, days))

    if 300 < day.year < 9700:
        assert date.min < later < date.max
    assert add(date.max, Length(months=abs(months), days=abs(days))) == date.max
    assert add(date.min, Length(days=-abs(days))) == date.min
