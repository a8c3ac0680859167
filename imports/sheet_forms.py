"""Which sheets of a file an officer says are the register, and where their headings stand."""

from typing import Any

from django import forms

from imports.actions.choices import Chosen
from imports.memory import sheet_choice
from imports.models import Choice, Upload
from imports.snapshot import encode_sheet
from registry.plain_forms import PlainForm

MOST_HEADING_ROWS = 5


class SheetsForm(PlainForm):
    """Which sheets to read, and in which rows their headings stand."""

    def __init__(self, data: Any, *, upload: Upload) -> None:
        super().__init__(data)
        self.outline = upload.report["outline"]
        read = {each["sheet"]: each["heading_rows"] for each in upload.report["sheets"]}
        for at, sheet in enumerate(self.outline):
            rows = read.get(sheet["sheet"], [])
            self.fields[f"read_{at}"] = forms.BooleanField(
                required=False, initial=bool(rows), label=f"Read sheet “{sheet['sheet']}”"
            )
            for name, label, place in (
                ("first", "First row of headings", 0),
                ("last", "Last row of headings", -1),
            ):
                self.fields[f"{name}_{at}"] = forms.IntegerField(
                    required=False,
                    min_value=1,
                    label=label,
                    initial=rows[place] if rows else None,
                )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        wanted = [at for at in range(len(self.outline)) if said.get(f"read_{at}")]
        if not wanted:
            raise forms.ValidationError("Choose at least one sheet.")
        for at in wanted:
            self._check_rows(at, said.get(f"first_{at}"), said.get(f"last_{at}"))
        return said

    def _check_rows(self, at: int, first: int | None, last: int | None) -> None:
        sheet = self.outline[at]
        if first is None:
            self.add_error(
                f"first_{at}", f"Say in which row of “{sheet['sheet']}” the headings are."
            )
        elif last is not None and not first <= last < first + MOST_HEADING_ROWS:
            self.add_error(
                f"last_{at}",
                f"The last row of headings is row {first} or one of the "
                f"{MOST_HEADING_ROWS - 1} below it.",
            )
        elif (last or first) >= sheet["rows"]:
            self.add_error(
                f"first_{at}",
                f"“{sheet['sheet']}” ends in row {sheet['rows']}, so no contract stands below "
                "these headings.",
            )

    def settles(self) -> list[Chosen]:
        said, chosen = self.cleaned_data, []
        for at, sheet in enumerate(self.outline):
            if said[f"read_{at}"]:
                first = said[f"first_{at}"]
                rows = list(range(first, (said[f"last_{at}"] or first) + 1))
                shown = [row for row in rows if row <= len(sheet["top"])]
                named = sheet_choice(sheet["sheet"], shown, sheet["top"])
                chosen.append(encode_sheet(named) | {"heading_rows": rows})
        return [Chosen(Choice.Kind.SHEET, "", chosen)]

    def parts(self) -> list[dict[str, Any]]:
        """Each sheet with what is asked of it."""
        return [
            {
                **sheet,
                "read": self[f"read_{at}"],
                "first": self[f"first_{at}"],
                "last": self[f"last_{at}"],
            }
            for at, sheet in enumerate(self.outline)
        ]
