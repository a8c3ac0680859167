"""Addresses of the pages of uploads."""

from django.urls import path

from imports.views import (
    absences,
    by_hand,
    changes,
    choices,
    nil_returns,
    problems,
    promise_books,
    uploads,
)

app_name = "imports"

urlpatterns = [
    path("", uploads.uploads, name="uploads"),
    path("new/", uploads.new, name="new"),
    path("nothing-new/<str:code>/", nil_returns.say, name="nil_return"),
    path("nothing-new/<str:code>/undo/", nil_returns.undo, name="undo_nil_return"),
    path("<int:pk>/", uploads.upload, name="upload"),
    path("<int:pk>/progress/", uploads.upload_progress, name="progress"),
    path("<int:pk>/columns/", choices.columns, name="columns"),
    path("<int:pk>/sheets/", choices.sheets, name="sheets"),
    path("<int:pk>/ours/", choices.ours, name="ours"),
    path("<int:pk>/others/", choices.others, name="others"),
    path("<int:pk>/forget/", choices.forget, name="forget"),
    path("<int:pk>/changes/", changes.changes, name="changes"),
    path("<int:pk>/problems/", problems.problems, name="problems"),
    path("<int:pk>/problems/progress/", problems.problems_progress, name="problems_progress"),
    path("<int:pk>/problems/row/", problems.problem_row, name="problem_row"),
    path("<int:pk>/problems/workbook/", problems.problem_book, name="problem_book"),
    path("<int:pk>/problems/send-back/", problems.send_back, name="send_back"),
    path("<int:pk>/problems/undo/", problems.undo_correction, name="undo_correction"),
    path("<int:pk>/absences/", absences.answer, name="absences"),
    path("<int:pk>/file/", uploads.original, name="file"),
    path("<int:pk>/apply/", uploads.apply, name="apply"),
    path("<int:pk>/undo/", uploads.undo, name="undo"),
    path("<int:pk>/again/", uploads.again, name="again"),
    path("contracts/<uuid:pk>/edit/", by_hand.edit, name="edit_contract"),
    path("councils/<str:code>/add-contract/", by_hand.add, name="add_contract"),
    path("councils/<str:code>/promises/", promise_books.promises, name="promises"),
    path("councils/<str:code>/promises/workbook/", promise_books.workbook, name="promise_book"),
    path(
        "councils/<str:code>/promises/progress/",
        promise_books.promises_progress,
        name="promises_progress",
    ),
]
