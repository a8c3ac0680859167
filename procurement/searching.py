"""Finding contracts by words as fast among millions: each must begin a word of the contract.

On PostgreSQL by an index of words; elsewhere each must be somewhere in the same columns. A supplier
that is withheld is not among the words.
"""

import json
import re
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Func, Model, Q, QuerySet, Value, When

WORD = re.compile(r"[^\W_]+")
COLUMNS = ("title", "reference", "shown_supplier_name")
# Signs that would make PostgreSQL take several words for a path, a host or a number with a sign.
SIGNS = ".,;:/\\-_@&()<>+"
# Seconds for which it is remembered how common a word is.
FRESH = 600
# What it costs is said, since the planner would else walk through a million rows working it out.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION words_of_contract(
    title text, reference text, supplier_withheld boolean, supplier_name text
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000 AS $$
BEGIN
    RETURN to_tsvector('simple'::regconfig, translate(
        title || ' ' || reference || ' ' || CASE WHEN supplier_withheld THEN '' ELSE supplier_name
        END, '{SIGNS}', '{" " * len(SIGNS)}'));
END $$
"""
DOCUMENT = (
    "words_of_contract("
    + ", ".join(
        f"registry_contract.{column}"
        for column in ("title", "reference", "supplier_withheld", "supplier_name")
    )
    + ")"
)
INDEX = f"CREATE INDEX contract_by_words ON registry_contract USING gin ({DOCUMENT})"


class HasWords(Func):
    template = f"{DOCUMENT} @@ to_tsquery('simple'::regconfig, %(expressions)s)"
    output_field = BooleanField()


def words_in(asked: Sequence[str]) -> list[str]:
    return [word for text in asked for word in WORD.findall(text)]


def with_words(contracts: QuerySet[Any], asked: Sequence[str]) -> QuerySet[Any]:
    words = words_in(asked)
    if not words:
        return contracts.none()
    if connection.vendor == "postgresql":
        return contracts.filter(HasWords(query_of(words)))
    return contracts.filter(*map(somewhere, words))


def read_for_words(contracts: QuerySet[Any], asked: Sequence[str]) -> QuerySet[Any]:
    """The same on PostgreSQL by reading contracts in their order: no index answers this CASE.

    Letters are looked for before words, which take twenty times as long.
    """
    words = words_in(asked)
    if not words:
        return contracts
    letters = Q(*map(somewhere, filter(str.isascii, words)))
    has = HasWords(query_of(words))
    return contracts.filter(Case(When(letters, then=has), default=False) if letters else has)


def about_how_many(model: type[Model], words: Iterable[str]) -> int:
    """Rows that may have them, or rows at all, as PostgreSQL told when it last looked."""
    return estimated(model, tuple(words), int(time.monotonic() // FRESH))


@lru_cache(maxsize=10_000)
def estimated(model: type[Model], words: Sequence[str], _now: int) -> int:
    """PostgreSQL is asked for its plan: nothing is read."""
    rows = model._default_manager.all()
    plan = (with_words(rows, words) if words else rows).explain(format="json")
    return int(json.loads(plan)[0]["Plan"]["Plan Rows"])


def query_of(words: Iterable[str]) -> Value:
    return Value(" & ".join(f"'{word}':*" for word in words))


def somewhere(letters: str) -> Q:
    found = Q()
    for column in COLUMNS:
        found |= Q(**{f"{column}__icontains": letters})
    return found
