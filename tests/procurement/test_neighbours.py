"""Who is like whom, against a plain reading of the rule; and the shipped table of borders."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.neighbours import Alike, Neighbours, Place, neighbours
from procurement.worked_out import BORDERS, borders
from registry.actions.reference import TABLES
from registry.loading import read_table

BORDERING = {"North": {"Middle"}, "Middle": {"North", "South"}, "South": {"Middle"}}
HALF_MORE = Alike(Decimal("1.5"), BORDERING)
MINE = Place("A", "district", "England", "North", 100_000)

places = st.builds(
    Place,
    st.uuids().map(str),
    st.sampled_from(["district", "county"]),
    st.sampled_from(["England", "Scotland"]),
    st.sampled_from(["North", "Middle", "South"]),
    st.none() | st.integers(50_000, 200_000),
)


def like_mine(**facts):
    return Place(**({"code": "B", "type": "district", "nation": "England"} | facts))


def test_a_neighbour_is_of_the_type_about_the_size_and_in_the_region_or_the_next():
    near = like_mine(region="Middle", population=150_000)
    others = [
        near,
        like_mine(region="South", population=100_000),
        like_mine(region="North", population=150_001),
        like_mine(region="North", population=66_666),
        like_mine(type="county", region="North", population=100_000),
        like_mine(nation="Scotland", region="North", population=100_000),
    ]

    assert neighbours(MINE, [MINE, *others], HALF_MORE) == Neighbours(("A", "B"), 0)


def test_without_a_population_of_ones_own_size_decides_nothing():
    small = like_mine(region="North", population=5)
    mine = Place("A", "district", "England", "North", None)

    assert neighbours(mine, [small], HALF_MORE) == Neighbours(("A", "B"), 0)


def test_one_whose_population_is_not_known_is_left_out_and_counted():
    lacking = like_mine(region="North", population=None)

    assert neighbours(MINE, [lacking], HALF_MORE) == Neighbours(("A",), 1)


@given(places, places)
def test_likeness_goes_both_ways_and_keeps_to_the_limits_it_tells(one, other):
    if one.population is None or other.population is None:
        return

    here = other.code in neighbours(one, [other], HALF_MORE).codes
    there = one.code in neighbours(other, [one], HALF_MORE).codes

    near = (one.type, one.nation) == (other.type, other.nation) and (
        {one.region, other.region} != {"North", "South"}
    )
    least, most = HALF_MORE.least(one.population), HALF_MORE.most(one.population)
    assert here == there == (near and least <= other.population <= most)


def test_borders_are_of_known_regions_with_their_source_and_every_region_has_some():
    rows = read_table(BORDERS)
    english = {r["name"] for r in read_table(TABLES / "regions.csv") if r["nation"] == "England"}

    assert all(row["source"] and row["as_at"] for row in rows)
    assert borders().keys() == english
    assert set().union(*borders().values()) == english
    assert "London" not in borders()["East Midlands"]
