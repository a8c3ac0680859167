"""Opportunities of a large registry: a full rebuild, one after an upload, and a page.

Needs PostgreSQL. In one run, on a synthetic registry of 320 councils (about a tenth of its
contracts are IT, in every category): fetching the columns a rebuild needs beside the rebuild
itself, from an empty table, again, and on the next day, with what each of its steps takes; a
rebuild after 2,000 contracts of one council changed, in all categories, with all that follows an
upload, and whether any other pair was touched; the page of an opportunity with 300 contracts,
whose members are worked out as it is opened, at whatever size of the registry. Tables are counted
for the planner first, as PostgreSQL does by itself within a minute. Wall time and this process's
CPU time, so that a busy machine shows. `BENCH_CONTRACTS` gives another size.
"""

import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from types import ModuleType
from typing import Any
from unittest.mock import patch

import psycopg

from benchmarks.scratch import django_process, scratch_database, scratch_folder

CONTRACTS, COUNCILS = int(os.environ.get("BENCH_CONTRACTS", "1000000")), 320
TODAY = date(2026, 11, 22)
REBUILD_TIMES, UPLOAD_SECONDS, PAGE_MS = 2.0, 1.0, 200.0
UPLOADED, PAGE_CONTRACTS = 2_000, 300
Figures = dict[str, Any]
# What a rebuild does, by the names of its functions.
STEPS = {
    "release_prices": "prices released",
    "fetch_candidates": "contracts fetched, terms read",
    "by_pair": "put into groups",
    "put_endings": "sums of what ends",
    "find_windows": "dates found",
    "window_sums": "sums of who joins",
    "describe": "values, savings, law",
    "put_in_place": "compared and written",
    "link_call_offs": "links to frameworks",
}


def run() -> None:
    """Print each figure beside its target, and the memory of a full rebuild."""
    with scratch_folder() as folder, scratch_database(folder) as database:
        if database.startswith("sqlite"):
            print("PostgreSQL does not answer: not measured")
            return

        def do(*arguments: str) -> Figures:
            return django_process(list(arguments), database, folder)

        os.environ["BUYING_COMMONS_TODAY"] = TODAY.isoformat()
        do("manage.py", "migrate", "-v0")
        do("manage.py", "load_reference")
        size = ["--councils", str(COUNCILS), "--contracts", str(CONTRACTS)]
        made = do("manage.py", "make_registry", *size, "--json")
        print(f"{CONTRACTS:,} contracts of {COUNCILS} councils, made in {made['seconds']:.0f} s")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("ANALYZE")
        print_rebuilds(
            do("-m", "benchmarks.freshness", "fetch"), do("-m", "benchmarks.freshness", "rebuild")
        )
        print_upload(do("-m", "benchmarks.freshness", "upload"))
        print_page(do("-m", "benchmarks.freshness", "page"))


def print_rebuilds(fetch: Figures, rebuilds: Figures) -> None:
    print(f"fetching {fetch['rows']:,} candidates {timed(fetch)}")
    for name in ("first", "again", "next day"):
        found = rebuilds[name]
        ratio = found["wall"] / fetch["wall"]
        print(
            f"full rebuild, {name:<8} {timed(found)}, {found['written']:,} of "
            f"{found['opportunities']:,} opportunities written; {ratio:.1f} times the fetching "
            f"(at most {REBUILD_TIMES:.0f}) {verdict(ratio <= REBUILD_TIMES)}"
        )
    print_steps(rebuilds["again"])
    print(f"peak memory of a full rebuild {rebuilds['mb']:,.0f} MB")


def print_steps(found: Figures) -> None:
    for name, step in found["steps"].items():
        if step["wall"]:
            print(f"    {STEPS[name]:<30} {timed(step)}")


def print_upload(found: Figures) -> None:
    print(
        f"rebuild after {found['changed']:,} contracts changed {timed(found)}: {found['pairs']} "
        f"of {found['all_pairs']} pairs (at most {UPLOAD_SECONDS:.0f} s) "
        f"{verdict(found['wall'] <= UPLOAD_SECONDS)}; others touched: {found['others']}"
    )
    print_steps(found)


def print_page(found: Figures) -> None:
    print(
        f"page of {found['contracts']} contracts {timed(found)}, {found['queries']} queries "
        f"({found['queries_of_few']} for one of {found['few']} contracts) (at most "
        f"{PAGE_MS:.0f} ms) {verdict(found['wall'] * 1000 <= PAGE_MS)}"
    )


def timed(found: Figures) -> str:
    return f"{found['wall']:8.3f} s (CPU {found['cpu']:.3f} s)"


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def measured(work: Callable[[], Any], *, times: int = 1) -> tuple[Any, Figures]:
    """What the work gives, and its shortest time of a few."""
    taken = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = work()
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = min(taken)
    return answer, {"wall": wall, "cpu": cpu}


@contextmanager
def steps_timed(module: ModuleType) -> Iterator[Figures]:
    """What each step of a module's rebuild takes while this lasts."""
    taken: Figures = defaultdict(lambda: {"wall": 0.0, "cpu": 0.0})
    with ExitStack() as stack:
        for name in STEPS:
            step = timed_step(getattr(module, name), taken[name])
            stack.enter_context(patch.object(module, name, step))
        yield taken


def timed_step(step: Callable[..., Any], taken: Figures) -> Callable[..., Any]:
    """The same, adding to what it took; what it gives one by one is waited for."""

    def timed(*args: Any, **kwargs: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = step(*args, **kwargs)
        answer = list(answer) if isinstance(answer, Iterator) else answer
        taken["wall"] += time.perf_counter() - wall
        taken["cpu"] += time.process_time() - cpu
        return answer

    return timed


def fetch() -> Figures:
    """The columns a rebuild needs, as Python values, and nothing done with them."""
    from procurement.actions.candidates import replaceable
    from registry.models import Category, Contract
    from registry.workings import TERM_FIELDS

    categories = list(Category.objects.bought_together().values_list("pk", flat=True))
    contracts = replaceable(Contract.objects.filter(category__in=categories), today=TODAY)
    shown = ("shown_supplier", "shown_yearly_value")
    told = contracts.values_list("pk", "council_id", "category_id", *shown, *TERM_FIELDS)
    rows, figures = measured(lambda: len(list(told.all())), times=2)
    return {**figures, "rows": rows}


def rebuild() -> Figures:
    from procurement.actions import opportunities

    figures: Figures = {}
    days = {"first": TODAY, "again": TODAY, "next day": TODAY + timedelta(days=1)}
    for name, day in days.items():
        with steps_timed(opportunities) as steps:
            done, found = measured(lambda day=day: opportunities.rebuild_opportunities(today=day))
        found |= {"written": done.written, "opportunities": done.opportunities, "steps": steps}
        figures[name] = found
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**figures, "mb": peak}


def upload() -> Figures:
    """As after an upload: values of one council's contracts change, and its pairs are marked."""
    from django.db.models import Count, F

    from procurement.actions import opportunities
    from procurement.models import Opportunity
    from registry.actions.marks import mark_changed
    from registry.models import Changed, Contract, Membership

    opportunities.rebuild_opportunities(today=TODAY)
    changed = min(UPLOADED, CONTRACTS // COUNCILS)
    # One in as many groupings as any.
    memberships = Membership.objects.on(TODAY)
    councils = Contract.objects.values("council").annotate(n=Count("pk")).filter(n__gte=changed)
    counted = memberships.filter(council__in=councils.values("council")).values("council")
    council = counted.annotate(n=Count("pk")).order_by("-n", "council").first()["council"]
    groupings = set(memberships.filter(council=council).values_list("grouping", flat=True))
    chosen = list(Contract.objects.filter(council=council).values_list("pk", "category")[:changed])
    Contract.objects.filter(pk__in=[pk for pk, _ in chosen]).update(
        yearly_value=F("yearly_value") + 100
    )
    Changed.objects.all().delete()
    mark_changed({(category, council) for _, category in chosen})
    elsewhere = Opportunity.objects.exclude(grouping__in=groupings)
    before = list(elsewhere.order_by("pk").values())
    with steps_timed(opportunities) as steps:
        _, figures = measured(lambda: opportunities.rebuild_changed(today=TODAY))
    categories = {category for _, category in chosen}
    return {
        **figures,
        "steps": steps,
        "changed": len(chosen),
        "pairs": len(categories) * len(groupings),
        "all_pairs": Opportunity.objects.values("category", "grouping").distinct().count(),
        "others": "no" if list(elsewhere.order_by("pk").values()) == before else "YES",
    }


def page() -> Figures:
    """The page of an opportunity that 300 contracts can join, as an administrator sees it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    import config.wsgi  # noqa: F401  as the web server has it
    from registry.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get_or_create(username="bench", is_superuser=True)[0])
    many = of_many()
    few = of_few(many)

    def look(pk: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/opportunities/{pk}/").status_code == 200
        return len(queries)

    queries_of_few = look(few.pk)
    queries, figures = measured(lambda: look(many.pk), times=5)
    return {
        **figures,
        "contracts": many.contracts,
        "queries": queries,
        "few": few.contracts,
        "queries_of_few": queries_of_few,
    }


def of_many() -> Any:
    """The largest, with as many contracts of its councils as it takes made to end then as well."""
    from procurement.actions import rebuild_opportunities
    from procurement.models import Opportunity
    from registry.models import Contract, Membership

    largest = Opportunity.objects.order_by("-contracts", "pk").first()
    assert largest
    councils = Membership.objects.on(TODAY).filter(grouping=largest.grouping_id).values("council")
    others = Contract.objects.standing().filter(council__in=councils, category__isnull=False)
    spare = others.exclude(pk__in=largest.contract_ids).values_list("pk", flat=True)
    day = largest.start_date - timedelta(days=1)
    more = max(PAGE_CONTRACTS - largest.contracts, 0)
    Contract.objects.filter(pk__in=list(spare.order_by("pk")[:more])).update(
        category=largest.category_id,
        kind="contract",
        start_date=date(2024, 4, 1),
        end_date=day,
        earliest_exit=day,
        latest_permitted_end=day,
        extension="",
        break_clause="",
        rolling=False,
    )
    pairs = {(largest.category_id, largest.grouping_id)}
    rebuild_opportunities(today=TODAY, pairs=pairs)
    found = Opportunity.objects.of_pairs(pairs).order_by("-contracts").first()
    assert found
    return found


def of_few(many: Any) -> Any:
    from procurement.models import Opportunity

    of_grouping = Opportunity.objects.filter(grouping=many.grouping_id)
    return of_grouping.order_by("contracts", "pk").first()


def main(what: str) -> None:
    import django

    django.setup()
    works = {"fetch": fetch, "rebuild": rebuild, "upload": upload, "page": page}
    print(json.dumps(works[what]()))


if __name__ == "__main__":
    main(sys.argv[1])
