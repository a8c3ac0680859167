"""The names this process knows: read once, and topped up with those that came since."""

from collections.abc import Collection, Iterable
from contextvars import ContextVar

from django.db import connection

from registry.bulk import in_batches
from registry.matching import NameIndex
from registry.models import SupplierName
from registry.names import canonical_name

# Any number will do that no other lock of the service uses.
LOCK = 7_340_021


class KnownNames:
    """All names the registry holds, as rules and likeness find them. Whose they are is asked of the
    database. Only workers read all names, when they first meet one not yet known.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.index = NameIndex()
        self.names: set[str] = set()
        self.ahead: set[str] = set()  # made known before the database had them
        self.last = (0, "")

    def expect(self, names: Iterable[str]) -> None:
        """Make names known that this transaction is about to write."""
        new = {name for name in names if name not in self.names}
        self.ahead |= new
        self._add(sorted(new))

    def top_up(self) -> None:
        """Follow the database: read names that came since, all where a transaction was undone.

        SQLite gives keys again after that, so that the last one read may be another name's.
        """
        key, name = self.last
        if key and not SupplierName.objects.filter(pk=key, name=name).exists():
            self.forget()
        self._read_on()
        if self.ahead:
            self.forget()
            self._read_on()

    def _read_on(self) -> None:
        rows = SupplierName.objects.filter(pk__gt=self.last[0]).order_by("pk")
        for row in rows.values_list("pk", "name").iterator(chunk_size=10_000):
            self._add([row[1]])
            self.ahead.discard(row[1])
            self.last = row

    def _add(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.names:
                self.names.add(name)
                self.index.add(name)


_known = KnownNames()
forget = _known.forget
# Set while a page is answered: its process has little memory, and its reader waits.
answering: ContextVar[bool] = ContextVar("answering", default=False)


def reads_all() -> bool:
    return not answering.get()


def known_names(names: Collection[str]) -> KnownNames:
    """All names, the latest included; for a page, only those that differ least from these."""
    if reads_all():
        _known.top_up()
        return _known
    known = KnownNames()
    for some in in_batches({canonical_name(name) for name in names}):
        rows = SupplierName.objects.filter(canonical__in=some)
        known.expect(rows.values_list("name", flat=True))
    return known


def hold() -> None:
    """One at a time may make suppliers, to the end of its transaction.

    Two that meet a name at once would make it two suppliers, and keys would not tell what is new.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
