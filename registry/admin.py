"""Administrators' tables: people and their roles, councils and groupings, categories."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from registry.actions.marks import marking_moves
from registry.models import (
    Category,
    Council,
    Grouping,
    Job,
    Membership,
    Role,
    SavedSearch,
    Succession,
    User,
)


class EditedAdmin(SimpleHistoryAdmin):
    """A row somebody changed here is theirs: loading reference data leaves it alone."""

    exclude = ["edited"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.edited = True
        super().save_model(request, obj, form, change)


class RoleInline(admin.TabularInline):
    model = Role
    extra = 1
    autocomplete_fields = ["council", "grouping"]


@admin.register(User)
class PersonAdmin(UserAdmin):
    inlines = [RoleInline]


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ["council"]


@admin.register(Council)
class CouncilAdmin(EditedAdmin):
    list_display = ["code", "name", "type", "region", "created", "abolished", "edited"]
    list_filter = ["type", "nation", "region", "invented", "edited"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["county"]


@admin.register(Grouping)
class GroupingAdmin(EditedAdmin):
    list_display = ["code", "name", "kind", "nation", "edited"]
    list_filter = ["kind", "nation", "edited"]
    search_fields = ["code", "name"]
    inlines = [MembershipInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        with marking_moves():
            super().save_formset(request, form, formset, change)


@admin.register(Succession)
class SuccessionAdmin(admin.ModelAdmin):
    list_display = ["predecessor", "successor", "vesting_date", "transfer", "status"]
    list_filter = ["status"]
    autocomplete_fields = ["predecessor", "successor"]


@admin.register(Category)
class CategoryAdmin(EditedAdmin):
    list_display = ["code", "name", "kind", "pooling", "evolution", "visibility", "edited"]
    list_filter = ["kind", "pooling", "edited"]


class ReadOnly:
    """Kept by the service itself: looked at here, never changed."""

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["subject", "task", "state", "stage", "attempts", "asked_at", "finished_at"]
    list_filter = ["state", "task"]


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnly, admin.ModelAdmin):
    """What is asked for, by nobody in particular: whose it is is nobody else's to know."""

    list_display = ["pk", "page", "query", "confirmed", "made_at"]
    list_filter = ["page", "confirmed"]
    fields = ["page", "query", "confirmed", "made_at"]
    readonly_fields = ["made_at"]
