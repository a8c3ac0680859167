"""What people say of who is who among suppliers: questions, judgements, what these lay down."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse

from registry.keys import new_key
from registry.models.suppliers import Supplier
from registry.readable import readable_name


def _person() -> Any:
    """Who did it; the row stays when the account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class SupplierQuestionQuerySet(models.QuerySet["SupplierQuestion"]):
    def standing(self) -> Self:
        """Neither answered nor settled by what came later."""
        return self.filter(decided_at__isnull=True, withdrawn_at__isnull=True)

    def to_ask(self) -> Self:
        """Those of two suppliers: names that are alike may have become one supplier's."""
        return self.standing().exclude(one=models.F("other"))


class SupplierQuestion(models.Model):
    """Two names that may be one supplier's: for a person to say."""

    class Answer(models.TextChoices):
        SAME = "same", "The same supplier"
        DIFFERENT = "different", "Different suppliers"
        GROUP = "group", "Same group, different company"

    one = models.ForeignKey(Supplier, models.CASCADE, related_name="+")
    other = models.ForeignKey(Supplier, models.CASCADE, related_name="+")
    one_name = models.CharField(max_length=300)
    other_name = models.CharField(max_length=300)
    confidence = models.FloatField()
    reason = models.CharField(max_length=300)
    by_rule = models.BooleanField(default=True, help_text="False: the names are merely alike")
    opened_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SupplierQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supplier_question_is_of_two_names",
                condition=~models.Q(one_name=models.F("other_name")),
            ),
            models.CheckConstraint(
                name="supplier_question_decided_has_its_answer",
                condition=models.Q(decided_at__isnull=True, answer="")
                | (models.Q(decided_at__isnull=False) & ~models.Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_name} or {self.other_name}"

    @property
    def pair(self) -> frozenset[uuid.UUID]:
        return frozenset({self.one_id, self.other_id})


class SupplierJudgementQuerySet(models.QuerySet["SupplierJudgement"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def in_force(self) -> Self:
        """Those that neither were taken back nor gave way to a later one."""
        rulings = SupplierRuling.objects.standing().filter(judgement=OuterRef("pk"))
        members = GroupMember.objects.standing().filter(judgement=OuterRef("pk"))
        left = Q(what=SupplierJudgement.What.LEFT)
        return self.standing().filter(Exists(rulings) | Exists(members) | left)

    def about(self, supplier: Supplier, names: Any) -> Self:
        """Those that speak of one of its names, or of the groups it was in."""
        rulings = SupplierRuling.objects.of_names(names).values("judgement")
        members = GroupMember.objects.of(supplier)
        spoken = Q(pk__in=members.values("judgement")) | Q(pk__in=members.values("ended_by"))
        return self.filter(Q(pk__in=rulings) | spoken)

    def latest_first(self) -> Self:
        return self.order_by("-decided_at", "-pk")


class SupplierJudgement(models.Model):
    """What a person said of suppliers in one go, to be taken back in one go."""

    class What(models.TextChoices):
        SAME = "same", "“{one}” and “{other}” are one supplier."
        DIFFERENT = "different", "“{one}” and “{other}” are two suppliers."
        GROUP = "group", "“{one}” and “{other}” are two suppliers of one group."
        SPLIT = "split", "“{other}” is no name of “{one}”."
        JOINED = "joined", "“{one}” belongs to the group “{other}”."
        LEFT = "left", "“{one}” does not belong to the group “{other}”."

    what = models.CharField(max_length=10, choices=What)
    one = models.CharField(max_length=300)
    other = models.CharField(max_length=300, help_text="a name, or a group's")
    question = models.ForeignKey(
        SupplierQuestion, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = _person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _person()

    objects = SupplierJudgementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["decided_at"], name="supplier_judgement_by_time")]

    def __str__(self) -> str:
        return self.get_what_display().format(
            one=readable_name(self.one), other=readable_name(self.other)
        )


class LaidDown(models.Model):
    """One thing a judgement laid down, until it is taken back or a later one ends it."""

    judgement = models.ForeignKey(SupplierJudgement, models.CASCADE, null=True, related_name="+")
    ended_by = models.ForeignKey(
        SupplierJudgement, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = _person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _person()

    class Meta:
        abstract = True


class SupplierRulingQuerySet(models.QuerySet["SupplierRuling"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_names(self, names: Any) -> Self:
        return self.filter(Q(one__in=names) | Q(other__in=names))


class SupplierRuling(LaidDown):
    """A person's word, for every council, on whether two names are one supplier's.

    It speaks of names, so that it holds whatever suppliers later uploads make of them.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "The same supplier"
        DIFFERENT = "different", "Different suppliers"

    verdict = models.CharField(max_length=10, choices=Verdict)
    one = models.CharField(max_length=300, help_text="of two that differ, the odd one out")
    other = models.CharField(max_length=300)

    objects = SupplierRulingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(withdrawn_at__isnull=True),
                name="supplier_ruling_stands_once_per_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["one"], name="supplier_ruling_by_one"),
            models.Index(fields=["other"], name="supplier_ruling_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}: {self.verdict}"


class SupplierGroupQuerySet(models.QuerySet["SupplierGroup"]):
    def of(self, supplier: Supplier) -> Self:
        """The group somebody said a supplier is in, else those it is the parent of."""
        members = GroupMember.objects.standing().of(supplier)
        mine = members.values("group")[:1]
        in_use = GroupMember.objects.standing().filter(group=OuterRef("pk"))
        heads = Q(parent=supplier) | Q(parent__merged_into=supplier)
        found = Q(pk__in=members.values("group")) | (heads & Exists(in_use))
        return self.filter(found).order_by(Case(When(pk=mine, then=0), default=1), "name")


class SupplierGroup(models.Model):
    """Companies under one parent. They stay suppliers of their own."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(max_length=300)
    parent = models.ForeignKey(
        Supplier, models.SET_NULL, null=True, blank=True, related_name="heads"
    )

    objects = SupplierGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="supplier_group_once_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:supplier_group", args=[self.pk])

    @property
    def parent_now(self) -> uuid.UUID | None:
        """Its parent's key, or that of the supplier the parent was merged into."""
        return (self.parent.merged_into_id or self.parent.pk) if self.parent else None

    def companies(self) -> set[uuid.UUID]:
        """Keys of all in it, the parent included; of merged ones what they became."""
        members = GroupMember.objects.standing().filter(group=self)
        now = Coalesce("supplier__merged_into", "supplier")
        found = set(members.values_list(now, flat=True))
        return found | {self.parent_now} if self.parent_now else found


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of(self, supplier: Supplier) -> Self:
        """Its own memberships, then those of suppliers merged into it."""
        own = Case(When(supplier=supplier, then=0), default=1)
        found = Q(supplier=supplier) | Q(supplier__merged_into=supplier)
        return self.filter(found).order_by(own, "pk")


class GroupMember(LaidDown):
    """A person's word that a supplier belongs to a group, from when until when."""

    group = models.ForeignKey(SupplierGroup, models.CASCADE, related_name="members")
    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="memberships")

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"],
                condition=Q(withdrawn_at__isnull=True),
                name="group_member_of_one_group_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} of {self.group_id}"
