"""Looking 2,000 new supplier names up among 250,000 known: speed, building time, memory, growth."""

import random
import resource
import time
from collections.abc import Callable, Iterator

import psycopg
from rapidfuzz import fuzz, process

from benchmarks.scratch import scratch_database, scratch_folder
from registry.matching import NameIndex
from registry.names import canonical_name

KNOWN = 250_000
GROWTH_FROM = 10_000
NEW = 2_000
PEER_NAMES = 5  # rapidfuzz reads all known names for each
TRIGRAM_NAMES = 50
SEED = 20261122

_SYLLABLE_LIST = (
    "bar bel ber bos bran cal car chel cor dal dan del dor ed el fen gar glen hal har hart ken kil"
    " lan lin mar mel mor nor oak pem pen por ros sal shel stan stow sut tam ther thorn tor wal war"
    " wes wil win wood by croft dale den field ford ham ley low more ridge stead ton vale wick"
)
_TRADE_LIST = (
    "services solutions systems construction consulting training care security cleaning roofing"
    " electrical engineering software transport landscapes property design media plumbing"
)
_SYLLABLES = _SYLLABLE_LIST.split()
_TRADES = _TRADE_LIST.split()
_FORMS = ("Ltd", "Limited", "LLP", "Ltd", "Limited", "CIC", "")


def names(count: int, seed: int = SEED) -> list[str]:
    """Synthetic names as councils write them, all different."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made[" ".join(_name(chance))] = None
    return list(made)


def _name(chance: random.Random) -> Iterator[str]:
    if chance.random() < 0.15:
        yield " ".join(chance.choices("ABCDEFGHJKLMNPRST", k=chance.choice((2, 3))))
    yield "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))).capitalize()
    if chance.random() < 0.4:
        yield "".join(chance.choices(_SYLLABLES, k=2)).capitalize()
    yield chance.choice(_TRADES).capitalize()
    if form := chance.choice(_FORMS):
        yield form


def spoilt(known: list[str], count: int, seed: int = SEED) -> list[str]:
    """New names: known ones misspelt, reordered or with notes, and unknown ones."""
    chance = random.Random(seed + 1)
    fresh = iter(names(count, seed + 2))
    return [_spoil(chance.choice(known), next(fresh), chance) for _ in range(count)]


def _spoil(known: str, fresh: str, chance: random.Random) -> str:
    kind = chance.randrange(5)
    if kind == 0:
        return fresh
    if kind == 1:
        return known.upper() + " **USE 123456**"
    if kind == 2:
        at = chance.randrange(1, len(known) - 5)
        return known[:at] + known[at + 1 :]
    if kind == 3:
        return " ".join(reversed(known.split()))
    return known.replace("Limited", "Ltd.").replace("Services", "Svcs")


def run() -> None:
    """Print the figures, each beside a peer or a limit."""
    known = names(KNOWN)
    new = spoilt(known, NEW)
    small_rate = _rate(_built(known[:GROWTH_FROM]), new)
    before = _peak_mb()
    started = time.perf_counter()
    index = _built(known)
    building = time.perf_counter() - started
    rate, peer, trigrams = _rate(index, new), _peer_rate(known, new), _trigram_rate(known, new)
    print(f"suppliers: index of {KNOWN:,} names in {building:.1f} s (limit 10 s), ", end="")
    print(f"{_peak_mb() - before:.0f} MB more at the peak (limit 1,000 MB)")
    print(f"suppliers: {rate:,.0f} new names a second (limit 5,000); ", end="")
    print(f"{rate / peer:,.0f} times rapidfuzz extractOne ({peer:.1f} a second; limit 25 times)")
    if trigrams:
        print(f"suppliers: {rate / trigrams:,.0f} times PostgreSQL's trigram index ", end="")
        print(f"({trigrams:,.1f} a second; limit 25 times)")
    else:
        print("suppliers: PostgreSQL's trigram index not measured, for none answers")
    print(f"suppliers: a name against {KNOWN:,} takes {small_rate / rate:.2f} times ", end="")
    print(f"as long as against {GROWTH_FROM:,}")


def _rate(index: NameIndex, new: list[str]) -> float:
    """Names looked up a second, warm."""
    _match_all(index, new[:100])
    return len(new) / _seconds(lambda: _match_all(index, new))


def _peer_rate(known: list[str], new: list[str]) -> float:
    def read_all() -> None:
        for name in new[:PEER_NAMES]:
            process.extractOne(name, known, scorer=fuzz.token_sort_ratio)

    return PEER_NAMES / _seconds(read_all)


def _trigram_rate(known: list[str], new: list[str]) -> float:
    """The same of the nearest name by pg_trgm, as its manual advises; 0 without PostgreSQL."""
    with scratch_folder() as folder, scratch_database(folder) as address:
        if not address.startswith("postgres"):
            return 0.0
        with psycopg.connect(address, autocommit=True) as database:
            database.execute("CREATE EXTENSION pg_trgm")
            database.execute("CREATE TABLE known (name text)")
            with database.cursor().copy("COPY known FROM STDIN") as copy:
                for name in known:
                    copy.write_row([name])
            database.execute("CREATE INDEX ON known USING gin (name gin_trgm_ops)")
            database.execute("ANALYZE known")
            _ask_trigrams(database, new[-TRIGRAM_NAMES:])  # warm
            names = new[:TRIGRAM_NAMES]
            return len(names) / _seconds(lambda: _ask_trigrams(database, names))


def _ask_trigrams(database: psycopg.Connection, names: list[str]) -> None:
    nearest = "SELECT name FROM known WHERE name %% %s ORDER BY similarity(name, %s) DESC LIMIT 1"
    for name in names:
        database.execute(nearest, [name, name]).fetchone()


def _built(known: list[str]) -> NameIndex:
    return NameIndex(known)


def _match_all(index: NameIndex, new: list[str]) -> None:
    """What an upload asks of the index for each new name; dividing what it finds comes after."""
    for name in new:
        index.touching(name)
        index.alike(canonical_name(name))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    run()
