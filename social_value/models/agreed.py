"""Pools put to their parties, what each gives, and what each party answered. Only ever added to."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from registry.keys import new_key
from registry.models import Contract, Council
from social_value.models.measures import Measure, exact_amount
from social_value.models.needs import Need


class AgreedPoolQuerySet(models.QuerySet["AgreedPool"]):
    def standing(self) -> Self:
        """Asked about or agreed: their shares are used, and no rebuild pools them again."""
        return self.exclude(state=AgreedPool.State.FALLEN)

    def asked(self) -> Self:
        return self.filter(state=AgreedPool.State.ASKED)

    def agreed(self) -> Self:
        """Those that every party said yes to: what deliveries may be recorded for."""
        return self.filter(state=AgreedPool.State.AGREED)

    def waiting_for(self, council: str) -> Self:
        """Asked of this council or a supplier of it, who have not all answered."""
        answers = Answer.objects.standing().filter(pool=OuterRef("pool"))
        of_council = answers.filter(council=council, contract__isnull=True)
        of_supplier = answers.filter(contract=OuterRef("contract"))
        open_shares = AgreedShare.objects.filter(
            ~Exists(of_council) | ~Exists(of_supplier), council=council
        )
        return self.asked().filter(pk__in=open_shares.values("pool"))

    def for_list(self) -> Self:
        return self.select_related("measure", "need").prefetch_related("shares__council")


class AgreedPool(models.Model):
    """A pool as it was when it was put to its parties; agreed once all of them have said yes.

    No rebuild touches it. Its promises are kept by what they were, since those are derived.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Being agreed"
        AGREED = "agreed", "Agreed"
        FALLEN = "fallen", "Not agreed"

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="agreed_pools")
    place = models.CharField(max_length=40, help_text="code of a grouping or of a council")
    group = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    useful_amount = exact_amount()
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="agreed_pools"
    )
    because = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField()
    answer_by = models.DateField(help_text="it falls if a party has not answered by then")
    settled_on = models.DateField(null=True, blank=True)
    fell_because = models.CharField(max_length=300, blank=True)

    objects = AgreedPoolQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need"],
                condition=~Q(state="fallen"),
                name="agreed_pool_stands_once_per_need",
            ),
            models.CheckConstraint(
                name="agreed_pool_ends_on_or_after_it_starts", condition=Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="agreed_pool_settled_has_its_day",
                condition=Q(state="asked") | Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="agreed_pool_fallen_says_why",
                condition=~Q(state="fallen") | ~Q(fell_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} at {self.place} from {self.starts}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("social_value:agreed", args=[self.pk])

    @property
    def amount(self) -> Decimal:
        return sum((share.amount for share in self.shares.all()), Decimal(0))


class AgreedShare(models.Model):
    """What one promise of one contract gives to a pool put to its parties.

    `holds` until the pool falls. Those that hold and the shares of derived pools come to no more
    than the promise holds: the same triggers refuse it.
    """

    pool = models.ForeignKey(AgreedPool, models.CASCADE, related_name="shares")
    commitment = models.UUIDField(db_index=True, help_text="the id it follows from its words")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="agreed_shares")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    promised = exact_amount()
    amount = exact_amount()
    holds = models.BooleanField(default=True)

    class Meta:
        ordering = ["-amount", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "commitment"], name="agreed_share_once_per_pool"
            ),
            models.CheckConstraint(
                name="agreed_share_is_of_what_was_promised",
                condition=Q(amount__gt=0) & Q(promised__gte=F("amount")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.commitment}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def refusals(self) -> Self:
        return self.standing().filter(agrees=False)


class Answer(models.Model):
    """What a party said of a pool: a council, or with `contract` the supplier of that contract.

    Suppliers have no accounts: an officer of the contract's council records what they said.
    """

    pool = models.ForeignKey(AgreedPool, models.CASCADE, related_name="answers")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="pool_answers"
    )
    agrees = models.BooleanField()
    said_by = models.CharField(max_length=120, help_text="a post, and not a name")
    said_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "council"],
                condition=Q(withdrawn_at__isnull=True, contract__isnull=True),
                name="answer_of_a_council_stands_once",
            ),
            models.UniqueConstraint(
                fields=["pool", "contract"],
                condition=Q(withdrawn_at__isnull=True, contract__isnull=False),
                name="answer_of_a_supplier_stands_once",
            ),
            models.CheckConstraint(
                name="answer_no_says_why", condition=Q(agrees=True) | ~Q(reason="")
            ),
            models.CheckConstraint(name="answer_is_somebodys", condition=~Q(said_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: {'yes' if self.agrees else 'no'}"
