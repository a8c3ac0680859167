"""Addresses of the pages of uploads."""

from django.urls import path

from imports.views import absences, by_hand, changes, uploads

app_name = "imports"

urlpatterns = [
    path("", uploads.uploads, name="uploads"),
    path("new/", uploads.new, name="new"),
    path("<int:pk>/", uploads.upload, name="upload"),
    path("<int:pk>/progress/", uploads.upload_progress, name="progress"),
    path("<int:pk>/changes/", changes.changes, name="changes"),
    path("<int:pk>/absences/", absences.answer, name="absences"),
    path("<int:pk>/problems/", uploads.problems, name="problems"),
    path("<int:pk>/file/", uploads.original, name="file"),
    path("<int:pk>/apply/", uploads.apply, name="apply"),
    path("<int:pk>/undo/", uploads.undo, name="undo"),
    path("contracts/<uuid:pk>/edit/", by_hand.edit, name="edit_contract"),
    path("councils/<str:code>/add-contract/", by_hand.add, name="add_contract"),
]
