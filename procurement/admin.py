"""Administrators' tables of joint buying: dated facts they may correct, and what came of them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from procurement.models import (
    Assumption,
    Framework,
    Lot,
    Member,
    Opportunity,
    SavingPrior,
    Threshold,
)


class EditedAdmin(admin.ModelAdmin):
    """A row somebody changed here is theirs: loading reference data leaves it alone."""

    exclude = ["edited"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.edited = True
        super().save_model(request, obj, form, change)


class LotInline(admin.TabularInline):
    model = Lot
    extra = 1


@admin.register(Framework)
class FrameworkAdmin(EditedAdmin):
    list_display = ["reference", "name", "owner", "kind", "starts", "ends", "edited"]
    list_filter = ["kind", "edited"]
    search_fields = ["reference", "name", "owner"]
    filter_horizontal = ["categories"]
    inlines = [LotInline]


@admin.register(Threshold)
class ThresholdAdmin(EditedAdmin):
    list_display = ["code", "amount", "vat", "applies_from", "applies_to", "edited"]
    list_filter = ["code", "edited"]


@admin.register(SavingPrior)
class SavingPriorAdmin(EditedAdmin):
    list_display = ["category", "low_percent", "mid_percent", "high_percent", "as_at", "edited"]


@admin.register(Assumption)
class AssumptionAdmin(EditedAdmin):
    list_display = ["code", "meaning", "value", "unit", "edited"]


class Derived:
    """Worked out from the registry: a change here would be gone with the next rebuild."""

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False


class MemberInline(Derived, admin.TabularInline):
    model = Member
    fields = ["council", "contract", "action", "action_by", "annual_value", "because"]
    extra = 0


@admin.register(Opportunity)
class OpportunityAdmin(Derived, admin.ModelAdmin):
    list_display = ["category", "grouping", "start_date", "councils", "annual_value", "saving_mid"]
    list_filter = ["alternative", "category"]
    list_select_related = ["category", "grouping"]
    inlines = [MemberInline]
