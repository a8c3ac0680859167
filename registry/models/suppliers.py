"""Suppliers: legal bodies, with every name and identifier they go by."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from registry.identifiers import SCHEME_NAMES
from registry.keys import new_key
from registry.models.addresses import address_by_key
from registry.models.councils import Council
from registry.models.jobs import Job

if TYPE_CHECKING:
    from registry.models.judgements import SupplierGroup
    from registry.permissions import Powers


def contracts_told_to(reader: "Powers") -> Any:
    """Contracts that stand and whose supplier this reader may know."""
    contracts: Any = apps.get_model("registry", "Contract")
    return contracts.objects.standing().of_supplier_told_to(reader)


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def told_to(self, reader: "Powers") -> Self:
        """Those of some contract whose supplier this reader may know."""
        return self.filter(Exists(contracts_told_to(reader).filter(supplier=OuterRef("pk"))))

    def standing(self) -> Self:
        """Those that were not merged into others."""
        return self.filter(merged_into__isnull=True)

    def to_choose(self, reader: "Powers") -> Self:
        """Those that a name may be said to mean: not merged, nor known from withheld contracts."""
        contracts: Any = apps.get_model("registry", "Contract")
        of_any = contracts.objects.standing().filter(supplier=OuterRef("pk"))
        told = contracts_told_to(reader).filter(supplier=OuterRef("pk"))
        return self.standing().filter(Exists(told) | ~Exists(of_any))

    def reached_by(self, key: uuid.UUID) -> Self:
        """The one with this identifier, or what it was merged into: identifiers last."""
        return self.filter(models.Q(pk=key) | models.Q(merged=key))

    def in_group(self, group: "SupplierGroup") -> Self:
        """Those somebody said belong to it, and its parent; of merged ones what they became."""
        return self.filter(pk__in=group.companies())

    def known_as(self, canonical: str) -> Self:
        return self.filter(names__canonical=canonical).distinct()


class Supplier(models.Model):
    """One legal body. Its id is its stable public identifier in pages, API and OCDS."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(max_length=300, help_text="the one most councils use")
    # The name it was met under, where that is no longer the one shown.
    met_as = models.CharField(max_length=300, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)
    invented = models.BooleanField(default=False)
    # Where its names and contracts went; its address leads there. It comes back when they part.
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )

    objects = SupplierQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name"], name="supplier_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_by_key("registry:supplier", self.pk)

    @property
    def own_name(self) -> str:
        """Where its names part, its identifier stays with this one, whichever is shown."""
        return self.met_as or self.name


class SupplierNameQuerySet(models.QuerySet["SupplierName"]):
    def told_to(self, reader: "Powers") -> Self:
        """Less those heard only in contracts whose supplier is kept from this reader."""
        contracts: Any = apps.get_model("registry", "Contract")
        here = {"supplier": OuterRef("supplier"), "supplier_name": OuterRef("name")}
        withheld = contracts.objects.standing().filter(supplier_withheld=True, **here)
        openly = contracts_told_to(reader).filter(**here)
        return self.filter(~Exists(withheld) | Exists(openly))


class SupplierName(models.Model):
    """A name a supplier goes by in registers, and why it is taken for this supplier's."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    # `registry.names.canonical_name`: folded, legal form off, words sorted. The same canonical
    # name may stand for two bodies when their identifiers differ.
    canonical = models.CharField(max_length=300)
    because = models.CharField(max_length=300)
    confidence = models.FloatField(default=1.0)

    objects = SupplierNameQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["canonical"], name="supplier_name_by_canonical"),
            models.Index(fields=["name"], name="supplier_name_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "name"], name="supplier_name_once_per_supplier"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupplierIdentifier(models.Model):
    """A number that tells legal bodies apart: scheme and value, as in OCDS (org-id.guide)."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=30, help_text="GB-COH, GB-CHC, GB-PPON, ...")
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], name="supplier_identifier_names_one_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"

    @property
    def scheme_name(self) -> str:
        """The register it stands in, in words; one not known to us by its code."""
        return SCHEME_NAMES.get(self.scheme, self.scheme)


class SupplierDecisionQuerySet(models.QuerySet["SupplierDecision"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class SupplierDecision(models.Model):
    """A person's word that a name in one council's registers means this supplier."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="supplier_decisions")
    canonical = models.CharField(max_length=300, help_text="as `SupplierName.canonical`")
    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="decisions")
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SupplierDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "canonical"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="supplier_decision_stands_once_per_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.canonical} is {self.supplier_id}"


class NamesToCompare(models.Model):
    """What a page made known of suppliers, for a worker to compare with all known names."""

    job = models.OneToOneField(Job, models.CASCADE, related_name="+")
    stated = models.JSONField(help_text="suppliers as rows name them")
    new_names = models.JSONField()

    def __str__(self) -> str:
        return ", ".join(self.new_names)
