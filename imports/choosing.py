"""What an officer is asked about the columns of a file, and what the answers change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imports.cells import ColumnReading
from registry.records import FIELDS, IGNORED

# Every field once, where an officer would look for it.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "The contract": (
        *("title", "description", "reference", "department", "contract_type", "status"),
        *("category", "service_category"),
    ),
    "The supplier": (
        *("supplier_name", "supplier_company_number", "supplier_charity_number"),
        *("supplier_other_id", "supplier_size", "sme", "vcse", "vcse_type"),
    ),
    "When": (
        *("start_date", "end_date", "latest_end_date", "extension", "term", "notice_period"),
        *("break_clause", "review_date", "award_date"),
    ),
    "How much": (
        *("total_value", "annual_value", "value_is_estimate", "irrecoverable_vat"),
        *("quantity", "unit", "unit_price", "currency"),
    ),
    "What kind of goods or services": (
        *("cpv_code", "cpv_label", "proclass_code", "proclass_label"),
    ),
    "How it was bought": ("procedure", "framework", "ocid", "tender_url"),
    "Contacts, documents and delivery": (
        *("contact_name", "contact_email", "contact_url", "document_url", "performance_url"),
        *("area_served", "social_value"),
    ),
    "The register itself": ("council_name", "council_code", "effective_date"),
}
NOT_USED = "Kept, not used"


@dataclass(frozen=True, slots=True)
class Asked:
    """One column as its officer is asked about it; alike in sheets read as one, it is one."""

    key: str
    readings: tuple[ColumnReading, ...]

    @property
    def first(self) -> ColumnReading:
        return self.readings[0]

    @property
    def field(self) -> str:
        return self.first.field

    @property
    def name(self) -> str:
        """C: Contractor."""
        return f"{self.first.column}: {self.first.heading or '(no heading)'}"


def asked(readings: Sequence[ColumnReading]) -> list[Asked]:
    """The columns to ask about, in order."""
    by_key: dict[str, list[ColumnReading]] = {}
    for each in readings:
        by_key.setdefault(each.key, []).append(each)
    return [Asked(key, tuple(alike)) for key, alike in by_key.items()]


def field_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Every field by its words, in groups."""
    groups = [
        (group, [(name, FIELDS[name].label) for name in names]) for group, names in GROUPS.items()
    ]
    return [(IGNORED, NOT_USED), *groups]


def doubles(columns: Sequence[Asked], fields: Mapping[str, str]) -> dict[str, str]:
    """By key, what is wrong with a column whose field another column of its sheet has already."""
    found: dict[str, str] = {}
    given: dict[tuple[str, str], Asked] = {}
    for one in columns:
        field = fields[one.key]
        for sheet in {each.sheet for each in one.readings} if field != IGNORED else ():
            other = given.setdefault((sheet, field), one)
            if other is not one:
                found[one.key] = (
                    f"Column {one.first.column} and column {other.first.column} cannot both be "
                    f"the {FIELDS[field].label.lower()}. Choose another for one of them."
                )
    return found


def chosen_fields(columns: Sequence[Asked], fields: Mapping[str, str]) -> dict[str, str]:
    """What the answers settle, by key: the columns that are read otherwise from now on.

    Where a field is set free, those left unused that would take it are settled too: nobody gave
    it to them. Other columns nobody touched are nobody's choice.
    """
    freed = {one.field for one in columns} - set(fields.values()) - {IGNORED}
    rivals = [one for one in columns if one.first.rival in freed and fields[one.key] == IGNORED]
    return dict.fromkeys((one.key for one in rivals), IGNORED) | dict(_changed(columns, fields))


def _changed(columns: Sequence[Asked], fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for one in columns:
        if fields[one.key] != one.field:
            yield one.key, fields[one.key]
