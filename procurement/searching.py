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
DOCUMENT = (
    "to_tsvector('simple'::regconfig, translate(registry_contract.title || ' ' || "
    "registry_contract.reference || ' ' || CASE WHEN registry_contract.supplier_withheld THEN '' "
    f"ELSE registry_contract.supplier_name END, '{SIGNS}', '{' ' * len(SIGNS)}'))"
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
