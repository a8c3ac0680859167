"""Promises read from the register, words that were not understood, and what people said of both."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from registry.models import Contract, Council
from social_value.models.measures import Measure, exact_amount


class CommitmentDecisionQuerySet(models.QuerySet["CommitmentDecision"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class CommitmentDecision(models.Model):
    """What an officer said that words of a contract promise: it outranks reading.

    It speaks of words, so that it holds when the register comes again, and of one contract. With
    `measure` it says what is promised; without, that nothing is. Words that are blank are a
    promise the register does not mention.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="commitment_decisions")
    words = models.TextField(blank=True)
    key = models.CharField(max_length=64, help_text="of the words, case and spaces not counted")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    quantity = exact_amount(optional=True)
    per_year = models.BooleanField(default=False)
    group = models.CharField(max_length=60, blank=True)
    place = models.CharField(
        max_length=200, blank=True, help_text="as its words say; blank: it names none"
    )
    responsible = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True, help_text="blank: with the contract")
    ends = models.DateField(null=True, blank=True, help_text="blank: with the contract")
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CommitmentDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "key"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(words=""),
                name="commitment_decision_stands_once_per_words",
            ),
            models.CheckConstraint(
                name="commitment_decision_measures_what_it_promises",
                condition=Q(measure__isnull=True, quantity__isnull=True)
                | Q(measure__isnull=False, quantity__isnull=False, quantity__gt=0),
            ),
            models.CheckConstraint(
                name="commitment_decision_says_something",
                condition=~Q(words="") | Q(measure__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_decision_ends_on_or_after_it_starts",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words or 'Entered by hand'}: {self.measure_id or 'nothing'}"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def of_standing_contracts(self) -> Self:
        return self.filter(contract__withdrawn=False)

    def in_order(self) -> Self:
        """As the cell has them."""
        return self.select_related("measure").order_by("contract", "position")


class Commitment(models.Model):
    """A promise of a contract: so much of a measure, between two days, for a place and people.

    Derived from the contract's words and what people said of them; replaced whenever either
    changes. Its id follows from contract, words and measure, so that it stays while they do.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="commitments")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="commitments")
    quantity = exact_amount()  # for its whole time
    yearly = exact_amount(optional=True)  # of each year, where it comes round
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    region = models.CharField(max_length=40, help_text="code of the grouping, or of the council")
    confined = models.BooleanField(default=False, help_text="to be used in the council's area")
    place = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=60, blank=True)
    responsible = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    because = models.JSONField(default=list)
    decision = models.ForeignKey(
        CommitmentDecision, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "position"], name="commitment_once_per_position"
            ),
            models.CheckConstraint(
                name="commitment_promises_something",
                condition=Q(quantity__gt=0) & (Q(yearly__isnull=True) | Q(yearly__gt=0)),
            ),
            models.CheckConstraint(
                name="commitment_ends_on_or_after_it_starts",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "region"], name="commitment_by_field"),
            models.Index(fields=["council", "measure"], name="commitment_by_council"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity.normalize():f} of {self.measure_id}"


class UnreadWords(models.Model):
    """A part of a contract's social value that was not understood, and what to do about it."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="unread_words")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    words = models.TextField()
    problem = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.words


class ReadContract(models.Model):
    """What a contract's promises were read from, so that what has not changed is left alone."""

    contract = models.OneToOneField(
        Contract, models.CASCADE, primary_key=True, related_name="social_value_read"
    )
    mark = models.CharField(max_length=64)
    changed_at = models.DateTimeField(help_text="of the contract, when it was looked at")

    def __str__(self) -> str:
        return f"{self.contract_id} as {self.mark[:8]}"


class ReadTo(models.Model):
    """When contracts that changed were last looked for. One row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    moment = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="read_to_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.moment.isoformat()
