"""The figures of an evaluation in plain lines of text."""

from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Any]


def suppliers_report(figures: Figures) -> str:
    """What `evaluate_suppliers` prints."""
    review = figures["review"]
    lines = [
        f"{figures['comparable_pairs']} of {figures['pairs']} pairs have similarity "
        f"{figures['comparable_from']:.0f} or more. Among them:",
        _ratios("  linked automatically", figures["automatic"]),
        _ratios("  linked or in the queue", figures["automatic_and_review"]),
        f"  in the queue: {review['queued']}, of which right: {_part(review['share_right'])}",
    ]
    if baseline := figures["baseline"]:
        name = f"  plain {baseline['method']} at {baseline['threshold']:.0f}"
        lines.append(_ratios(name, baseline) + " (the best plain method at that precision)")
    lines += ["All pairs:", _ratios("  linked automatically", figures["all_pairs"]["automatic"])]
    lines += ["Recall by similarity:", "  from   same   linked   linked or queued"]
    lines += [
        f"  {b['from']:4.0f}  {b['same']:5d}   {_part(b['recall_automatic']):>6}   "
        f"{_part(b['recall_with_review']):>6}"
        for b in figures["bands"]
        if b["same"]
    ]
    return "\n".join(lines)


def categories_report(figures: Figures) -> str:
    """What `evaluate_categories` prints."""
    lines = [
        f"{figures['titles']} titles; an abstention counts as wrong.",
        f"  all: exact {_part(figures['accuracy_exact'])}, "
        f"counting alt {_part(figures['accuracy_with_alt'])}",
        f"  {figures['it_rows']} IT: exact {_part(figures['it_accuracy_exact'])}, "
        f"counting alt {_part(figures['it_accuracy_with_alt'])}",
        f"  not IT taken for IT: {_part(figures['non_it_taken_for_it'])} "
        f"({_part(figures['non_it_taken_for_it_not_counting_alt'])} where alt does not allow it)",
        f"  IT taken for not IT: {_part(figures['it_taken_for_non_it'])} "
        f"({_part(figures['it_taken_for_non_it_not_counting_alt'])} where alt does not allow it)",
        f"  abstained: {_part(figures['abstained'])} (of IT {_part(figures['abstained_it'])})",
        "Confidence:  said   right   rows",
    ]
    lines += [
        f"           {b['said']:6.2f}  {_part(b['right']):>6}  {b['rows']:5d}"
        for b in figures["confidence"]
    ]
    lines += ["Worst pairs (label, predicted, rows):"]
    lines += [
        f"  {p['label']:5} {p['predicted'] or 'none':5} {p['rows']:4d}"
        for p in figures["worst_pairs"]
    ]
    return "\n".join([*lines, "Confusion (label: predicted rows):", *_confusion(figures)])


def _confusion(figures: Figures) -> list[str]:
    return [
        f"  {label:5} " + ", ".join(f"{code or 'none'} {rows}" for code, rows in predicted.items())
        for label, predicted in figures["confusion"].items()
    ]


def _ratios(name: str, found: Figures) -> str:
    return (
        f"{name}: precision {_part(found['precision'])}, recall {_part(found['recall'])}, "
        f"F1 {_part(found['f1'])}"
    )


def _part(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
