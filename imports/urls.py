"""Addresses of the pages of uploads."""

from django.urls import path

from imports import views

app_name = "imports"

urlpatterns = [
    path("", views.uploads, name="uploads"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.upload, name="upload"),
    path("<int:pk>/progress/", views.upload_progress, name="progress"),
    path("<int:pk>/changes/", views.changes, name="changes"),
    path("<int:pk>/problems/", views.problems, name="problems"),
    path("<int:pk>/file/", views.original, name="file"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
