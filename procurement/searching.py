"""Finding contracts by words as fast among millions: each must begin a word of the contract.

On PostgreSQL by an index of words; elsewhere each must be somewhere in the same columns. A supplier
that is withheld is not among the words.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet, Value

WORD = re.compile(r"[^\W_]+")
COLUMNS = ("title", "reference", "shown_supplier_name")
# Signs that would make PostgreSQL take several words for a path, a host or a number with a sign.
SIGNS = ".,;:/\\-_@&()<>+"
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


def with_words(contracts: QuerySet[Any], asked: Sequence[str]) -> QuerySet[Any]:
    words = [word for text in asked for word in WORD.findall(text)]
    if not words:
        return contracts.none()
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{word}':*" for word in words)
        return contracts.filter(HasWords(Value(query)))
    for word in words:
        somewhere = Q()
        for column in COLUMNS:
            somewhere |= Q(**{f"{column}__icontains": word})
        contracts = contracts.filter(somewhere)
    return contracts
