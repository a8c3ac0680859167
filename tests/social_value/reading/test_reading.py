"""What real-sounding cells come to: promises with reasons, problems with words, or nothing."""

import csv
import re
from decimal import Decimal
from itertools import combinations_with_replacement
from math import prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from social_value.reading import TABLES, read
from social_value.reading.amounts import amounts, without_asides
from social_value.reading.clauses import clauses
from social_value.reading.numbers import fold

# What a cell says, and the promises in it: measure, quantity, and "a year" where it recurs.
READ = [
    (
        "2 apprentices, 40 volunteer hours, £5k community fund",
        ["apprenticeship_weeks 104", "volunteer_hours 40", "donation_gbp 5000"],
    ),
    ("a tenth of an apprentice", ["apprenticeship_weeks 5.2"]),
    ("quarter of an apprentice", ["apprenticeship_weeks 13"]),
    ("1/10 of an apprentice", ["apprenticeship_weeks 5.2"]),
    ("half an apprentice", ["apprenticeship_weeks 26"]),
    ("0.25 FTE apprentice", ["apprenticeship_weeks 13"]),
    ("13 apprenticeship weeks", ["apprenticeship_weeks 13"]),
    ("Apprentice weeks - 40", ["apprenticeship_weeks 40"]),
    ("NT10 - 104 apprenticeship weeks", ["apprenticeship_weeks 104"]),
    ("an apprentice", ["apprenticeship_weeks 52"]),
    ("One (1) apprenticeship over the life of the contract", ["apprenticeship_weeks 52"]),
    ("2-4 apprentices", ["apprenticeship_weeks 104"]),
    ("1 apprentice per year", ["apprenticeship_weeks 52 a year"]),
    ("3 apprentices over 3 years", ["apprenticeship_weeks 156"]),
    ("1 x apprentice Level 3 for 18 months", ["apprenticeship_weeks 78"]),
    ("a 12 month apprenticeship", ["apprenticeship_weeks 52"]),
    ("12 month apprenticeship x1", ["apprenticeship_weeks 52"]),
    ("52 weeks of apprenticeship (Level 3) by 31/03/2028", ["apprenticeship_weeks 52"]),
    ("0.1 FTE", ["jobs_local_fte_years 0.1"]),
    ("1 FTE local job for 2 years", ["jobs_local_fte_years 2"]),
    ("Local employment: 4 FTE", ["jobs_local_fte_years 4"]),
    ("NT1 0.5 FTE", ["jobs_local_fte_years 0.5"]),
    ("2 jobs for care leavers", ["jobs_barrier_people 2"]),
    ("Employ 1 no. ex-offender", ["jobs_barrier_people 1"]),
    ("Aim to recruit 1 long term unemployed person", ["jobs_barrier_people 1"]),
    ("2 x work placements of 2 weeks", ["work_placement_weeks 4"]),
    ("Two work experience placements (2 weeks each)", ["work_placement_weeks 4"]),
    ("3 no. work experience placements, each of 1 week", ["work_placement_weeks 3"]),
    ("16-18 year olds: 2 work placements of 1 week", ["work_placement_weeks 2"]),
    ("Work experience: 2 weeks x 3 students", ["work_placement_weeks 6"]),
    ("6 weeks' work experience for college students", ["work_placement_weeks 6"]),
    ("1 no. placement (5 days) for NEETs", ["work_placement_weeks 1"]),
    ("1 T-Level placement of 315 hours", ["tlevel_hours 315"]),
    ("between 10 and 20 volunteering hours per year", ["volunteer_hours 10 a year"]),
    ("10 staff x 2 days volunteering", ["volunteer_hours 140"]),
    ("Two staff will each volunteer 7 hours a year", ["volunteer_hours 14 a year"]),
    ("Two and a half days' volunteering", ["volunteer_hours 17.5"]),
    ("half a day of volunteering", ["volunteer_hours 3.5"]),
    ("Minimum of 20 hours volunteering each contract year", ["volunteer_hours 20 a year"]),
    ("1 day per month of volunteering", ["volunteer_hours 84 a year"]),
    ("40 hours volunteering, per annum", ["volunteer_hours 40 a year"]),
    ("1,000 hours of volunteering over 5 years", ["volunteer_hours 1000"]),
    ("Volunteering 16hrs; work experience 1 wk", ["volunteer_hours 16", "work_placement_weeks 1"]),
    (
        "1. Two apprentices 2. 40 hours of volunteering",
        ["apprenticeship_weeks 104", "volunteer_hours 40"],
    ),
    ("2 school careers talks of 1 hour each, per year", ["school_stem_hours 2 a year"]),
    ("6 hrs STEM support each year for 3 years", ["school_stem_hours 18"]),
    ("Careers fair attendance x 2 (4 hours each)", ["school_stem_hours 8"]),
    ("Twenty-five hours of coding club at Ashwold Primary School", ["school_stem_hours 25"]),
    ("five days pro bono support p.a.", ["expert_hours 35 a year"]),
    ("5 hrs/yr mentoring for care leavers", ["expert_hours 5 a year"]),
    ("20 refurbished laptops donated to schools in Ashwold", ["devices_donated_count 20"]),
    ("100 devices", ["devices_donated_count 100"]),
    ("Recycled devices: 50 laptops re-used", ["weee_reuse_devices 50"]),
    ("25 SIM cards to the databank", ["databank_sims 25"]),
    ("50 residents trained in digital skills", ["digital_skills_people 50"]),
    ("£1.2k donated to local food bank per annum", ["donation_gbp 1200 a year"]),
    ("£2,500 p.a. contribution to the Mayor's charity fund", ["donation_gbp 2500 a year"]),
    ("£300 / month to food bank", ["donation_gbp 3600 a year"]),
    ("Community fund £5,000 - £10,000", ["donation_gbp 5000"]),
    ("£5-10k to community projects", ["donation_gbp 5000"]),
    ("4 x £500 grants to community groups", ["donation_gbp 2000"]),
    ("£10,000 spend with local SMEs", ["sme_spend_gbp 10000"]),
    ("£0.5m local spend", ["local_spend_gbp 500000"]),
    ("£250k local supply chain spend over the 3 year contract", ["local_spend_gbp 250000"]),
    ("10% local spend", ["local_spend_pct 10"]),
    ("20% of contract value spent with SMEs", ["sme_spend_pct 20"]),
    ("25% of workforce to be local", ["local_jobs_pct 25"]),
    ("Supplier pays Living Wage (100%)", ["living_wage_pct 100"]),
    ("10 tCO2e saved; 500kg CO2e", ["tco2e_avoided 10", "tco2e_avoided 0.5"]),
    ("40 hours of volunteering as per tender", ["volunteer_hours 40"]),
    # What goes on with the words before it.
    (
        "£10k-£15k per annum community fund, administered with Ashwold Voluntary Action",
        ["donation_gbp 10000 a year"],
    ),
    ("Employees to volunteer 100 hours, valued at £16.93 per hour", ["volunteer_hours 100"]),
    ("2 apprentices, delivered by our partner college", ["apprenticeship_weeks 104"]),
    ("four careers talks at local colleges, each one hour", ["school_stem_hours 4"]),
    ("minimum 20 hours, maximum 40 hours volunteering", ["volunteer_hours 20"]),
    ("Up to 40 hours of volunteering p.a. (minimum 20 hours)", ["volunteer_hours 20 a year"]),
    ("40 hrs. volunteering", ["volunteer_hours 40"]),
    # What is among an amount given before.
    ("2 apprentices, including one care leaver", ["apprenticeship_weeks 104"]),
    ("2 apprentices (of whom 1 a care leaver)", ["apprenticeship_weeks 104"]),
    ("40 hours volunteering, of which 10 hours with schools", ["volunteer_hours 40"]),
    # As forms ask.
    (
        "Number of weeks of apprenticeships on the contract: 78",
        ["apprenticeship_weeks 78"],
    ),
    (
        "No. of FTE local people employed on contract for the full term - 1.5",
        ["jobs_local_fte_years 1.5"],
    ),
    ("Number of tonnes of CO2 saved: 12", ["tco2e_avoided 12"]),
    # Conditions that the award met, and days still to come.
    (
        "Subject to contract award, one apprentice from within the borough",
        ["apprenticeship_weeks 52"],
    ),
    ("1 apprentice to be completed by 31/03/2028", ["apprenticeship_weeks 52"]),
    ("1 T Level placement (45 days) yr 1", ["tlevel_hours 315"]),
    ("two T-Level industry placements (315 hours each)", ["tlevel_hours 630"]),
]  # fmt: skip
# Whole answers of tenders and cells of registers, of firms that do not exist.
with (Path(__file__).parent / "answers.csv").open(encoding="utf-8", newline="") as file:
    READ += [(row["text"], row["promised"].split("; ")) for row in csv.DictReader(file)]

# Words that are no promise as they stand, and a part of what their owner is told.
UNREAD = [
    ("TBC", "still to be settled"),
    ("2 apprentices (TBC)", "still to be settled"),
    ("as per tender", "another document"),
    ("see social value schedule", "another document"),
    ("up to 5 days volunteering", "Up to"),
    ("Supplier will offer 3 work placements", "how long each takes"),
    ("half a day volunteering per employee", "how many there are"),
    ("1 hour per week mentoring", "per week"),
    ("0.5 apprentice per £1m spend", "for each of something"),
    ("One apprentice for every £1m", "for each of something"),
    ("2 apprenticeships created (1 in 2025/26, 1 in 2026/27)", "More than one amount"),
    ("Deliver 10 digital inclusion sessions for 100 older residents", "More than one amount"),
    ("A third of an apprentice", "a fraction"),
    ("Two thirds of an apprentice", "a fraction"),
    ("2/3 of an apprentice", "More than one amount"),
    ("£25,000 social value", "puts a value in pounds"),
    ("SROI of £1.2m", "puts a value in pounds"),
    ("£500 to each of 4 schools", "without saying what for"),
    ("£1,000 in kind support", "without saying what for"),
    ("100 hours", "No measure of ours"),
    ("Tree planting: 50 trees", "No measure of ours"),
    ("NT10: 26 weeks", "No measure of ours"),
    ("Living Wage employer", "no amount"),
    ("Carbon neutral by 2030", "no amount"),
    ("Create 5 new jobs", "2 FTE"),
    ("Yes", "No amount"),
    ("Apprentices will not be offered", "will not be done"),
    ("Delivered 2 apprentices in 2024", "tells what was done"),
    ("Will explore 2 apprenticeships where possible", "worded as a hope"),
    ("5% reduction in carbon emissions", "12 tonnes"),
    ("2 no. half-day volunteering sessions each year by 5 staff", "More than one amount"),
    ("2 apprentices, subject to funding", "on a condition"),
    ("If funding allows, two apprentices", "on a condition"),
    ("Two apprentices if a suitable candidate is found", "on a condition"),
    ("Number of school visits: 3", "how long each takes"),
    ("Six half-day digital skills workshops for older residents", "counts sessions"),
    ("TBC once implementation plan signed off - likely 1 x apprentice", "still to be settled"),
    ("Local SME supply chain spend: 22% yr 1 rising to 30% yr 3", "More than one amount"),
    ("All staff on the contract paid Real Living Wage", "no amount"),
    ("Social value to be agreed annually with the contract manager", "still to be settled"),
    ("Two thirds of a full-time apprentice", "a fraction"),
    ("Attend 2 careers fairs p.a", "how long each takes"),
    ("Supporting young people into work (CV advice, mock interviews): 16 hrs", "No measure"),
]

NOTHING = ["This contract does not include any apprenticeships", "We don't offer placements",
           "Neither apprenticeships nor placements", "without any apprenticeships", "None",
           "N/A", "n/a", "NIL", "No", "0 apprentices", "No social value commitments",
           "Not applicable - framework call off", "None identified",
           "Not applicable (spend below £25k)", "Nil - supplier is a sole trader"]  # fmt: skip


@pytest.mark.parametrize(("text", "promised"), READ)
def test_read_finds_what_a_cell_promises(text, promised):
    reading = read(text)

    assert [as_said(one) for one in reading.promises] == promised
    assert reading.unread == ()
    assert all(one.because for one in reading.promises)


def as_said(promise):
    return f"{promise.measure} {promise.quantity}{' a year' if promise.per_year else ''}"


@pytest.mark.parametrize(("text", "told"), UNREAD)
def test_read_shows_what_it_cannot_read_with_its_words(text, told):
    reading = read(text)

    assert reading.promises == ()
    [unread] = reading.unread
    assert unread.words == text
    assert told in unread.problem


@pytest.mark.parametrize("text", NOTHING)
def test_read_takes_none_for_an_answer(text):
    reading = read(text)

    assert (reading.promises, reading.unread) == ((), ())
    assert reading.nothing == (text,)


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "...", ";;"])
def test_read_says_nothing_of_a_cell_without_words(text):
    assert read(text) == read("")


def test_read_keeps_a_promise_apart_from_its_neighbours_problem():
    reading = read("Up to 5 days volunteering; 2 apprentices; training TBC")

    assert [one.words for one in reading.promises] == ["2 apprentices"]
    assert [one.words for one in reading.unread] == ["Up to 5 days volunteering", "training TBC"]


@pytest.mark.parametrize(
    "text",
    [
        "2 apprentices, 40 hours of volunteering, where possible",
        "Subject to funding, 2 apprentices and 40 hours of volunteering",
        "2 apprentices, 40 hours of volunteering. Subject to funding.",
        "2 apprentices; 40 hours of volunteering; all subject to funding",
    ],
)
def test_read_puts_a_condition_on_all_of_its_sentence(text):
    reading = read(text)

    assert reading.promises == ()
    assert len(reading.unread) == 2


def test_read_puts_a_condition_on_no_other_sentence():
    [promise] = read("2 apprentices. 40 hours of volunteering if asked").promises

    assert promise.measure == "apprenticeship_weeks"


def test_read_says_what_it_left_out_as_part_of_the_whole_and_for_nobody_else():
    [promise] = read("3 apprentices, including 1 care leaver").promises

    assert "“including 1 care leaver” is among it, and adds nothing" in promise.because
    assert promise.group == ""


def test_read_tells_the_lower_bound_of_a_range():
    [promise] = read("2 to 4 weeks of work experience").promises

    assert promise.quantity == 2
    assert "from 2 to 4 is promised, so at least 2" in promise.because


def test_read_tells_for_whom_and_where():
    [promise] = read("2 work placements of 1 week for care leavers in the borough").promises

    assert (promise.group, promise.place) == ("care leavers", "the borough")


@pytest.mark.parametrize(
    "text", ["2 work placements of 1 week in March 2027", "5 hours of volunteering in IT", "local"]
)
def test_read_takes_no_month_or_subject_for_a_place(text):
    assert all(one.place == "" for one in read(text).promises)


def test_read_names_an_aim_as_one():
    [promise] = read("Target of 40 hours of volunteering").promises

    assert any("an aim or an estimate" in why for why in promise.because)


def test_read_leaves_what_is_too_long_for_one_promise():
    text = "2 apprentices of " + "many kinds " * 60

    reading = read(text)

    assert reading.promises == ()
    assert "too long" in reading.unread[0].problem


PARTS = st.sampled_from(
    [
        *(text for text, _ in READ),
        *(text for text, _ in UNREAD),
        *("2", "10", "x", "of", "per year", "apprentices", "hours", "£", "k", "%", "FTE", "and"),
        *("each", "volunteering", "weeks", "local spend", "(", ")", ",", ";", ".", "–", "half a"),
        *("to", "schools", "\n", "3.5", "1,000", "for", "p.a.", "laptops donated", "CO2", "TBC"),
    ]
)
MIXED = st.lists(PARTS, max_size=8).map(" ".join)
FACTORS = {Decimal(1), *(c.numerator / c.denominator for c in TABLES.conversions.values())}
TIMES = (1, 4, 12)


@given(st.text(max_size=200) | MIXED)
@settings(max_examples=300, deadline=None)
def test_read_never_raises_and_gives_positive_amounts_with_reasons(text):
    reading = read(text)

    for promise in reading.promises:
        assert promise.quantity > 0
        assert promise.quantity == promise.quantity.quantize(Decimal("0.0001"))
        assert promise.measure in TABLES.units
        assert promise.because


@given(MIXED)
@settings(max_examples=300, deadline=None)
def test_read_invents_no_amount(text):
    """Every quantity is a product of numbers of its own words and a conversion that is stated."""
    for promise in read(text).promises:
        numbers = [one.value for one in amounts(without_asides(fold(promise.words)))]
        numbers += [
            Decimal(n) for n in re.findall(r"(?<![\d.,])\d{1,2}(?![\d.,])", fold(promise.words))
        ]
        possible = {
            (prod(chosen) * factor * times).quantize(Decimal("0.001"))
            for size in (1, 2, 3)
            for chosen in combinations_with_replacement(set(numbers), size)
            for factor in FACTORS
            for times in TIMES
        }
        assert promise.quantity.quantize(Decimal("0.001")) in possible


PLAIN = st.sampled_from([text for text, promised in READ if promised and "\n" not in text])
CONDITIONS = st.sampled_from(
    ["subject to funding", "if asked", "where possible", "depending on demand", "unless refused"]
)


@given(PLAIN, CONDITIONS, st.sampled_from(["{text}, {condition}", "{condition}, {text}"]))
@settings(max_examples=200, deadline=None)
def test_read_promises_less_under_a_condition(text, condition, put):
    """Whatever its sentences promise, the one that the condition stands in promises nothing."""
    free = read(text).promises
    bound = read(put.format(text=text, condition=condition)).promises

    assert len(bound) < len(free)
    assert {one.words for one in bound} <= {one.words for one in free}


@given(st.text(alphabet=st.characters(categories=["L", "P", "Zs"]), max_size=120))
@settings(max_examples=200, deadline=None)
def test_read_promises_nothing_where_no_number_stands(text):
    if not amounts(fold(text)):
        assert read(text).promises == ()


@given(MIXED)
@settings(deadline=None)
def test_clauses_keep_every_letter_and_digit_in_order(text):
    if re.search(r"(?:^|\s)\(?1[.)]\s", text):
        return  # a numbered list, whose numbers stand in no clause
    parted = " ".join(clause.words for clause in clauses(text))
    joining = re.sub(r"(?i)\b(?:and|plus|as well as)\b", "", text)

    assert letters(re.sub(r"(?i)\b(?:and|plus|as well as)\b", "", parted)) == letters(joining)


def letters(text):
    return [character for character in text if character.isalnum()]
