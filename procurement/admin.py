"""Administrators' tables of joint buying: dated facts they may correct, and what came of them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from procurement.models import (
    ApiKey,
    Assumption,
    Framework,
    FrameworkOwner,
    FrameworkRule,
    Lot,
    Opportunity,
    PriceQuery,
    SavingPrior,
    Threshold,
)
from registry.admin import EditedAdmin, ReadOnly


class LotInline(admin.TabularInline):
    model = Lot
    fields = ["number", "name", "maximum_value"]
    extra = 1


@admin.register(Framework)
class FrameworkAdmin(EditedAdmin):
    list_display = ["reference", "name", "owner", "kind", "starts", "ends", "edited"]
    list_filter = ["kind", "edited"]
    search_fields = ["reference", "name", "owner"]
    filter_horizontal = ["categories", "places"]
    inlines = [LotInline]


@admin.register(FrameworkOwner)
class FrameworkOwnerAdmin(EditedAdmin):
    list_display = ["name", "other_names", "identifier", "as_at", "edited"]


@admin.register(FrameworkRule)
class FrameworkRuleAdmin(EditedAdmin):
    list_display = ["code", "years", "meaning", "applies_from", "applies_to", "edited"]
    list_filter = ["code", "edited"]


@admin.register(Threshold)
class ThresholdAdmin(EditedAdmin):
    list_display = ["code", "amount", "vat", "applies_from", "applies_to", "edited"]
    list_filter = ["code", "edited"]


@admin.register(SavingPrior)
class SavingPriorAdmin(EditedAdmin):
    list_display = ["category", "low_percent", "mid_percent", "high_percent", "as_at", "edited"]


@admin.register(Assumption)
class AssumptionAdmin(EditedAdmin):
    """Numbers to change. Pages count on each, so none is added or taken away, nor its unit."""

    list_display = ["code", "meaning", "value", "unit", "edited"]
    readonly_fields = ["code", "unit"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    """Who has keys; giving `revoked_at` stops one at once. They are made on a page alone."""

    list_display = ["start", "name", "email", "made_at", "revoked_at"]
    search_fields = ["start", "name", "email"]
    readonly_fields = ["start", "name", "email", "made_at"]
    exclude = ["digest"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False


@admin.register(PriceQuery)
class PriceQueryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "user", "what", "council", "category", "unit"]
    list_filter = ["what", "category"]
    list_select_related = ["user", "council", "category"]
    search_fields = ["user__username", "council__name"]


@admin.register(Opportunity)
class OpportunityAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["category", "grouping", "start_date", "councils", "annual_value", "saving_mid"]
    list_filter = ["alternative", "category"]
    list_select_related = ["category", "grouping"]
