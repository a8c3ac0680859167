"""An opportunity on paper: its business case as a document, and all its lines as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from procurement.advice import Advice
from procurement.briefing import Briefing, Outside
from procurement.business_case import BusinessCase, under_way
from procurement.comparing import compare
from procurement.plan_changes import Figures
from procurement.ways import Choice, fee_words, step_words
from procurement.what_changed import Line, what_changed
from procurement.who_joins import Member
from registry.exports.workbook import CONTROL, Sheet
from registry.formats import count
from registry.formats import day as in_words

MARGIN_CM, BODY_POINTS, SMALL_POINTS = 1.8, 10, 9


def document(file: IO[bytes], case: BusinessCase) -> None:
    """One page of A4: the question, the facts, who does what by when, and what may be wrong."""
    from docx import Document  # noqa: PLC0415 web processes do without until it is asked for
    from docx.shared import Cm, Pt  # noqa: PLC0415

    made = Document()
    made.core_properties.title = text(case.title)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    made.styles["Normal"].font.name = "Arial"
    made.styles["Normal"].font.size = Pt(BODY_POINTS)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    made.add_heading(text(case.title), level=1)
    made.add_paragraph(f"{text(case.question)} As at {in_words(case.as_at)}.")
    table(made, None, case.facts)
    made.add_heading("What each council must do", level=2)
    table(
        made,
        ("Council", "Contract", "What", "By"),
        [(d.council, d.contract, d.what, in_words(d.by) if d.by else "") for d in case.deeds],
    )
    if case.deeds_left_out:
        made.add_paragraph(f"{count(case.deeds_left_out, 'more contract')}: see the workbook.")
    if case.dates:
        made.add_heading(f"By when: {text(case.way).lower()}", level=2)
        table(made, None, [(in_words(by), what) for by, what in case.dates])
    doubts(made, case)
    made.save(file)


def doubts(made: Any, case: BusinessCase) -> None:
    made.add_heading("Why this may be wrong", level=2)
    for doubt in case.doubts:
        made.add_paragraph(text(doubt), style="List Bullet")
    if case.doubts_left_out:
        made.add_paragraph(f"{count(case.doubts_left_out, 'more reason')}: see the workbook.")


def table(made: Any, headings: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> None:
    """A table whose first column, or first row where there are headings, is bold."""
    from docx.shared import Pt  # noqa: PLC0415

    listed = [list(headings)] if headings else []
    listed += [list(row) for row in rows]
    drawn = made.add_table(rows=0, cols=len(listed[0]) if listed else 1, style="Table Grid")
    for n, row in enumerate(listed):
        for place, (cell, words) in enumerate(zip(drawn.add_row().cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(text(words))
            run.font.size = Pt(SMALL_POINTS)
            run.bold = n == 0 if headings else place == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def text(words: str) -> str:
    """Without the characters a document cannot hold."""
    return words.translate(CONTROL)


ASKS = (
    *("Council", "Council's code", "Contract", "Reference", "Supplier", "Start", "End"),
    *("Latest permitted end", "Value a year", "What to do", "By", "Months", "In words"),
)
OUTSIDE = (
    *("Council", "Council's code", "Contract", "Reference", "Supplier", "Start", "End"),
    *("Latest permitted end", "Value a year", "In short", "Why not"),
    "Could by agreement",
)
ROUTES = (
    *("Route", "How", "Reference", "Lots", "Could serve", "Why", "Earliest start"),
    *("Fee over the term", "Who may use it", "Suppliers", "To do first", "Against it"),
)


CHANGED = (
    *("Day", "Start", "In words", "Councils before", "Contracts before", "Value a year before"),
    *("Councils after", "Contracts after", "Value a year after"),
)


def sheets(briefing: Briefing, advice: Advice | None) -> Iterator[Sheet]:
    """Every line of the page: joining, not joining, dates by law, money, frameworks."""
    this = briefing.opportunity
    told = f"{this.category.name}, {this.grouping.name}, from {in_words(this.start_date)}"
    notes = (told, f"As at {in_words(briefing.today)}")
    wide = frozenset({"Contract", "In words", "Why not", "What", "Because", "Why", "Words"})
    wide |= {"Who may use it", "Suppliers", "To do first", "Against it"}
    yield Sheet("Joining", ASKS, map(ask_row, briefing.joining), notes, wide)
    outside = [*briefing.elsewhere, *briefing.missing]
    yield Sheet("Not on this date", OUTSIDE, map(outside_row, outside), notes, wide)
    yield Sheet("Money", ("What", "Value"), money_rows(briefing), notes, wide)
    if advice:
        headings = ("Way", "By", "Notice", "What", "Duty", "Because")
        yield Sheet("By law", headings, law_rows(advice), notes, wide)
    routes = map(route_row, compare(briefing, advice).choices)
    yield Sheet("Routes", ROUTES, routes, notes, wide)
    changed = map(change_row, what_changed(this, today=briefing.today))
    yield Sheet("What changed", CHANGED, changed, notes, wide)


def contract_cells(one: Member | Outside) -> list[Any]:
    contract = one.contract
    return [
        one.council.name,
        one.council.pk,
        contract.title,
        contract.reference,
        contract.supplier_name,
        contract.start_date,
        "Rolling" if contract.rolling else contract.end_date,
        contract.latest_permitted_end,
        contract.yearly_value,
    ]


def ask_row(one: Member) -> list[Any]:
    asked = one.ask
    return [*contract_cells(one), one.deed, asked.action_by, asked.months, asked.because]


def outside_row(one: Outside) -> list[Any]:
    asked = one.ask
    return [*contract_cells(one), "" if asked.joins else asked.miss, asked.because, asked.amber]


def money_rows(briefing: Briefing) -> Iterator[list[Any]]:
    this = briefing.opportunity
    if briefing.begun:
        yield ["Under way", under_way(briefing.begun)]
    yield ["Bought a year", this.annual_value]
    yield ["Over the whole term", this.total_value]
    yield ["Saving a year, low", this.saving_low]
    yield ["Saving a year, most likely", this.saving_mid]
    yield ["Saving a year, high", this.saving_high]
    for label, words in briefing.payback.rows if briefing.payback else ():
        yield [label, words]
    yield ["The largest council alone", this.regime_alone]
    yield ["All together", this.regime_pooled]
    yield ["Concentration of suppliers (HHI)", this.hhi]
    for reason in briefing.doubts:
        yield ["Why this may be wrong", reason]


def route_row(one: Choice) -> list[Any]:
    return [
        *(one.name, one.what, one.reference, "; ".join(one.lots), one.counts, one.why),
        *(one.earliest, fee_words(one.fee), one.users.words, one.suppliers),
        *(step_words(one.next_step), " ".join(one.against)),
    ]


def change_row(line: Line) -> list[Any]:
    before, after = line.change.before, line.change.after
    return [line.day, line.change.key[2], line.words, *cells(before, line), *cells(after, line)]


def cells(one: Figures | None, line: Line) -> list[Any]:
    if one is None:
        return [None, None, None]
    return [one.councils, one.contracts, one.annual_value if line.values else None]


def law_rows(advice: Advice) -> Iterator[list[Any]]:
    for plan in advice.plans:
        for step, _past in plan.steps:
            yield [str(plan.way), step.by, step.notice, step.what, step.duty, step.source]
