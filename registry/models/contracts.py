"""Contracts as they stand now, and the statements they stand on."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from registry import records
from registry.currencies import POUNDS
from registry.identifiers import called_by_number
from registry.keys import new_key
from registry.models.addresses import address_by_key
from registry.models.categories import Category
from registry.models.councils import Council
from registry.models.publishing import HIDDEN, PublishedIterable, shown_columns, told_to
from registry.models.rows import FromRow
from registry.models.sources import Source
from registry.models.suppliers import Supplier
from registry.values import Value

if TYPE_CHECKING:
    from registry.permissions import Powers


def _text(max_length: int, help_text: str = "") -> models.CharField:
    """Blank unless stated; the database fills it, so that bulk loads write stated columns only."""
    return models.CharField(
        max_length=max_length, blank=True, default="", db_default="", help_text=help_text
    )


def _day() -> models.DateField:
    return models.DateField(null=True, blank=True)


def _amount() -> models.DecimalField:
    """Pounds and pence."""
    return models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)


def may_run(day: date, *, via: str = "") -> Q:
    """Not past the last day any extension allows, as far as an end is known.

    The rule by which a contract is still worth something a year, wherever that is summed.
    """
    return Q((f"{via}latest_permitted_end", None)) | Q((f"{via}latest_permitted_end__gte", day))


# Of which no end is known, and which are not known to have none.
UNDATED = Q(end_date=None, latest_permitted_end=None, rolling=False)


class ContractQuerySet(models.QuerySet["Contract"]):
    def standing(self) -> Self:
        """Those some source still speaks for."""
        return self.filter(withdrawn=False)

    def live_on(self, day: date) -> Self:
        """Begun, and not past the last day any extension allows; rolling ones have no last day."""
        begun = Q(start_date__isnull=True) | Q(start_date__lte=day)
        return self.known_to_run_on(day).filter(begun)

    def known_to_run_on(self, day: date) -> Self:
        """The same, begun or not: those of which nobody knows an end are left out."""
        ahead = Q(latest_permitted_end__gte=day) | Q(rolling=True)
        return self.standing().filter(ahead)

    def may_run_on(self, day: date) -> Self:
        """Not past the last day any extension allows; those without a known end among them."""
        return self.standing().filter(may_run(day))

    def not_forgotten(self, since: date) -> Self:
        """Less those whose end is not known and that began before a day: they may be long over."""
        return self.exclude(UNDATED, start_date__lt=since)

    def ending_between(self, first: date, last: date) -> Self:
        return self.standing().filter(end_date__range=(first, last))

    def for_list(self) -> Self:
        return self.select_related("council", "supplier", "category")

    def as_published_to(self, reader: "Powers") -> Self:
        """As this reader is shown them: what is withheld is blank in rows and `shown_` columns.

        Sums, orders and filters use the `shown_` columns, so that they tell no more than rows do.
        """
        found = self.annotate(**shown_columns(self.model, reader))
        found._iterable_class = PublishedIterable
        return found

    def of_supplier_told_to(self, reader: "Powers") -> Self:
        """Those whose supplier this reader may know."""
        return self.filter(told_to(reader, "supplier"))


class Contract(FromRow):
    """An agreement between a council and a supplier, as its standing statements leave it.

    Columns named like `records.FIELDS` hold what was stated; those below "Worked out" follow
    from them by pure functions and are replaced whenever a statement is.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    # Without indexes of their own: those below begin with these columns.
    council = models.ForeignKey(Council, models.PROTECT, related_name="contracts", db_index=False)

    # Stated
    reference = _text(200)
    title = _text(500)
    description = models.TextField(blank=True, db_default="")
    department = _text(300)
    supplier_name = _text(300)
    supplier_company_number = _text(20)
    supplier_charity_number = _text(50)
    supplier_other_id = _text(200)
    supplier_size = _text(100)
    sme = models.BooleanField(null=True, blank=True)
    vcse = models.BooleanField(null=True, blank=True)
    vcse_type = _text(100)
    award_date = _day()
    start_date = _day()
    end_date = _day()
    review_date = _day()
    extension = _text(500)
    latest_end_date = _day()
    term = _text(300)
    notice_period = _text(300)
    break_clause = _text(500)
    total_value = _amount()
    annual_value = _amount()
    value_is_estimate = models.BooleanField(null=True, blank=True)
    irrecoverable_vat = _amount()
    quantity = _amount()
    unit = _text(100)
    unit_price = _amount()
    cpv_code = _text(300)
    cpv_label = _text(500)
    proclass_code = _text(100)
    proclass_label = _text(300)
    service_category = _text(300)
    ocid = _text(200)
    register_category = _text(300)  # the field `category`
    procedure = _text(300)
    framework = _text(300)
    contract_type = _text(200)
    contact_name = _text(300)
    contact_email = _text(300)
    contact_url = _text(1000)
    council_name = _text(300)
    council_code = _text(200)
    effective_date = _day()
    status = _text(200)
    document_url = _text(1000)
    tender_url = _text(1000)
    performance_url = _text(1000)
    area_served = _text(500)
    social_value = models.TextField(blank=True, db_default="")
    rolling = models.BooleanField(db_default=False, default=False)
    kind = models.CharField(
        max_length=20,
        default=records.Kind.CONTRACT,
        db_default=records.Kind.CONTRACT,
        choices=[(k, k) for k in records.Kind],
    )
    value_basis = models.CharField(
        max_length=10,
        default=records.Basis.UNKNOWN,
        db_default=records.Basis.UNKNOWN,
        choices=[(b, b) for b in records.Basis],
    )
    value_vat = models.CharField(
        max_length=10,
        default=records.Vat.UNKNOWN,
        db_default=records.Vat.UNKNOWN,
        choices=[(v, v) for v in records.Vat],
    )
    # Of every amount of the contract, by ISO 4217. Sums are of `yearly_value`, which is of pounds.
    currency = models.CharField(max_length=3, default=POUNDS, db_default=POUNDS)

    # Worked out
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="contracts", db_index=False
    )
    category_confidence = models.FloatField(default=0, db_default=0)
    category_because = _text(300)
    earliest_exit = _day()
    latest_permitted_end = _day()
    yearly_value = _amount()
    # No source speaks for it any more: kept for its identifier and history, shown nowhere.
    withdrawn = models.BooleanField(default=False, db_default=False)
    # Kept from the public, as its standing `Withholding`s say.
    supplier_withheld = models.BooleanField(default=False, db_default=False)
    value_withheld = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField()

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_ends_on_or_after_it_starts",
                condition=Q(start_date__isnull=True)
                | Q(end_date__isnull=True)
                | Q(end_date__gte=F("start_date")),
            ),
            models.CheckConstraint(
                name="contract_latest_end_is_not_before_its_end",
                condition=Q(end_date__isnull=True)
                | Q(latest_permitted_end__isnull=True)
                | Q(latest_permitted_end__gte=F("end_date")),
            ),
            models.CheckConstraint(
                name="contract_rolling_has_no_end",
                condition=Q(rolling=False) | Q(end_date__isnull=True),
            ),
            models.CheckConstraint(name="contract_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="contract_yearly_value_is_not_negative",
                condition=Q(yearly_value__isnull=True) | Q(yearly_value__gte=0),
            ),
            models.CheckConstraint(
                name="contract_yearly_value_is_in_pounds",
                condition=Q(yearly_value__isnull=True) | Q(currency=POUNDS),
            ),
        ]
        indexes = [
            models.Index(fields=["end_date", "id"], name="contract_by_end"),
            models.Index(fields=["council", "end_date", "id"], name="contract_by_council_end"),
            models.Index(fields=["category", "end_date", "id"], name="contract_by_category_end"),
            models.Index(fields=["changed_at", "id"], name="contract_by_change"),
            # Few contracts state a price: bands of prices are worked out from these alone.
            models.Index(
                fields=["category"],
                name="contract_priced_by_category",
                condition=models.Q(unit_price__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return address_by_key("registry:contract", self.pk)

    @property
    def supplier_called(self) -> str:
        """The supplier as its row states it: by name, else by number; "" where neither is."""
        return self.supplier_name or called_by_number(
            company=self.supplier_company_number, charity=self.supplier_charity_number
        )

    @property
    def hidden_columns(self) -> frozenset[str]:
        """Columns kept from whoever asked for it `as_published_to` them."""
        kept = (columns for what, columns in HIDDEN.items() if getattr(self, f"hides_{what}"))
        return frozenset().union(*kept)

    @property
    def value(self) -> Value | None:
        """The stated amount with its basis and VAT; the total where both are stated."""
        amount = self.annual_value if self.total_value is None else self.total_value
        if amount is None:
            return None
        basis = records.Basis.ANNUAL if self.total_value is None else self.value_basis
        return Value(amount, records.Basis(basis), records.Vat(self.value_vat))


class StatementQuerySet(models.QuerySet["Statement"]):
    def standing(self) -> Self:
        """Of sources that were not withdrawn."""
        return self.filter(source__withdrawn_at__isnull=True)

    def by_people(self) -> Self:
        return self.filter(source__kind=Source.Kind.PERSON)

    def oldest_first(self) -> Self:
        """In the order in which they were said, with their sources."""
        return self.select_related("source").order_by("source__recorded_at", "source_id")


class Statement(models.Model):
    """What one source says about one contract: every field it states, at one row.

    A contract is the fold of its standing statements in order of their sources, people's
    fields last. Nothing is overwritten: undoing a source is folding without it, and history is
    folding up to a day. A field that the source's columns know and `facts` lacks was blank.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="statements")
    source = models.ForeignKey(Source, models.CASCADE, related_name="statements", db_index=False)
    row = models.PositiveIntegerField(null=True, blank=True, help_text="as the program shows it")
    facts = models.JSONField()
    extra = models.JSONField(default=dict, blank=True, help_text="unknown columns by heading")
    # Only where people corrected what the file says: `{"end_date": {"raw":, "by":, "on":}}`.
    corrected = models.JSONField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "contract"], name="statement_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} by {self.source_id} at row {self.row}"


class Changed(models.Model):
    """A mark that a council's contracts of a category changed: what was derived is stale."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    council = models.ForeignKey(Council, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "council"], name="changed_marked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} of {self.council_id}"
