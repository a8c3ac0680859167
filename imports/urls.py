"""Addresses of the pages of uploads."""

from django.urls import path

from imports.views import choices, uploads

app_name = "imports"

urlpatterns = [
    path("", uploads.uploads, name="uploads"),
    path("new/", uploads.new, name="new"),
    path("<int:pk>/", uploads.upload, name="upload"),
    path("<int:pk>/progress/", uploads.upload_progress, name="progress"),
    path("<int:pk>/columns/", choices.columns, name="columns"),
    path("<int:pk>/sheets/", choices.sheets, name="sheets"),
    path("<int:pk>/forget/", choices.forget, name="forget"),
    path("<int:pk>/changes/", uploads.changes, name="changes"),
    path("<int:pk>/problems/", uploads.problems, name="problems"),
    path("<int:pk>/file/", uploads.original, name="file"),
    path("<int:pk>/apply/", uploads.apply, name="apply"),
    path("<int:pk>/undo/", uploads.undo, name="undo"),
]
