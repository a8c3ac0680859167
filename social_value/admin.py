"""Administrators' tables of social value: measures they may correct, and needs they post."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from registry.admin import EditedAdmin, ReadOnly
from registry.permissions import person
from social_value.models import (
    AgreedPool,
    Answer,
    Credit,
    Delivery,
    Measure,
    Need,
    Pool,
    Share,
)
from social_value.tasks import rebuild_pools


@admin.register(Measure)
class MeasureAdmin(EditedAdmin):
    list_display = ["name", "unit", "useful_amount", "useful_name", "edited"]
    list_filter = ["theme", "edited"]


@admin.register(Need)
class NeedAdmin(admin.ModelAdmin):
    list_display = ["title", "organisation", "council", "amount", "measure", "wanted_by", "state"]
    list_filter = ["state", "measure"]
    search_fields = ["title", "organisation"]
    raw_id_fields = ["council"]
    exclude = ["entered_by", "decided_at", "decided_by"]

    def save_model(self, request: HttpRequest, obj: Need, form: Any, change: bool) -> None:
        """With who decided it and when; pools follow."""
        if not change:
            obj.entered_by = person(request)
        if obj.state != Need.State.PROPOSED and (not change or "state" in form.changed_data):
            obj.decided_at, obj.decided_by = timezone.now(), person(request)
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: rebuild_pools.delay([obj.measure_id]))


class ShareInline(ReadOnly, admin.TabularInline):
    model = Share
    fields = ["commitment", "amount"]
    extra = 0


@admin.register(Pool)
class PoolAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["measure", "place", "starts", "ends", "need"]
    list_filter = ["measure"]
    inlines = [ShareInline]


class CreditInline(ReadOnly, admin.TabularInline):
    model = Credit
    fields = ["contract", "council", "amount"]
    extra = 0


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["measure", "amount", "done_on", "area", "recorded_by", "ended_at"]
    list_filter = ["measure"]
    exclude = ["evidence"]  # fetched on its page, which asks who it is for
    inlines = [CreditInline]


class AnswerInline(ReadOnly, admin.TabularInline):
    model = Answer
    fields = ["council", "contract", "agrees", "said_by", "said_on", "reason", "withdrawn_at"]
    extra = 0


@admin.register(AgreedPool)
class AgreedPoolAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["measure", "place", "starts", "ends", "need", "state", "fell_because"]
    list_filter = ["state", "measure"]
    inlines = [AnswerInline]
