"""The figures of matching and classifying, and the commands that print them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registry.classify import Classification, Item
from registry.evaluation.baselines import best_baseline
from registry.evaluation.categories import Title, TitleVerdict, summary
from registry.evaluation.files import UnreadableLabelsError, read_pairs
from registry.evaluation.ratios import ratios
from registry.evaluation.suppliers import Pair, judge, resolve_all

SHARED = Path(__file__).parents[2] / ".." / "shared" / "gold"
needs_gold = pytest.mark.skipif(
    not SHARED.exists(), reason="the labelled real rows are not on this machine"
)


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_ratios_counts_said_right_and_there() -> None:
    found = ratios([(True, True), (True, False), (False, True), (False, False)])

    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_ratios_of_nothing_are_none() -> None:
    found = ratios([])

    assert (found.precision, found.recall, found.f1) == (None, None, None)


def test_judge_does_not_look_at_the_label() -> None:
    names = [("Larkfield Ltd", "Larkfield Limited"), ("Oldbrook Ltd", "Pemberton Ltd")]

    right = judge([Pair(a, b, same=True) for a, b in names])
    wrong = judge([Pair(a, b, same=False) for a, b in names])

    assert [v.predicted for v in right] == [v.predicted for v in wrong] == ["link", "different"]


def test_resolve_all_does_not_depend_on_the_order_of_names() -> None:
    names = ["Larkfield Ltd", "Larkfeild Ltd", "Larkfield plc", "Oldbrook Ltd t/a Lark Lanterns"]

    assert resolve_all(names).supplier == resolve_all(reversed(names)).supplier


def test_best_baseline_keeps_the_precision_asked_for() -> None:
    pairs = [("Larkfield Ltd", "LARKFIELD"), ("Oldbrook Ltd", "Oldbrook Care Ltd")]

    best = best_baseline(pairs, [True, False], precision=0.97)

    assert best is not None
    assert (best.ratios.right, best.ratios.said) == (1, 1)


def test_summary_counts_an_abstention_as_wrong_and_alt_as_right() -> None:
    def verdict(label: str, alt: str, code: str) -> TitleVerdict:
        return TitleVerdict(Title(Item("x"), label, alt), Classification(code, 0.5, "why"))

    figures = summary(
        [verdict("LAP", "PER", "PER"), verdict("LAP", "", ""), verdict("NON", "", "LAP")]
    )

    assert figures["it_accuracy_exact"] == 0.0
    assert figures["it_accuracy_with_alt"] == 0.5
    assert figures["non_it_taken_for_it"] == 1.0
    assert figures["abstained"] == round(1 / 3, 4)


def test_evaluate_suppliers_prints_rows_in_file_order(tmp_path: Path) -> None:
    file = write(
        tmp_path / "pairs.csv",
        "name_a,name_b,same\nOldbrook Ltd,Pemberton Ltd,0\nLarkfield Ltd,LARKFIELD LIMITED,1\n",
    )

    figures = json.loads(run("evaluate_suppliers", file, "--json"))

    assert [r["predicted"] for r in figures["rows"]] == ["different", "link"]
    assert set(figures["rows"][0]) == {
        "name_a", "name_b", "same", "predicted", "confidence", "reason",
    }  # fmt: skip


def test_evaluate_categories_prints_rows_in_file_order(tmp_path: Path) -> None:
    file = write(tmp_path / "titles.csv", "title,label\nOffice cleaning,NON\nLaptops,LAP\n")

    figures = json.loads(run("evaluate_categories", file, "--json"))

    assert [r["predicted"] for r in figures["rows"]] == ["NON", "LAP"]
    assert figures["it_accuracy_exact"] == 1.0


@pytest.mark.parametrize("name", ["evaluate_suppliers", "evaluate_categories"])
@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "title,label,name_a,name_b,same\n"])
def test_evaluate_refuses_a_file_in_one_sentence(name: str, text: str, tmp_path: Path) -> None:
    file = write(tmp_path / "wrong.csv", text)

    with pytest.raises(CommandError, match=r"^\S.*\.$"):
        run(name, file)


def test_read_pairs_names_the_line_of_a_wrong_value(tmp_path: Path) -> None:
    file = write(tmp_path / "pairs.csv", "name_a,name_b,same\nA,B,1\nA,B,perhaps\n")

    with pytest.raises(UnreadableLabelsError, match="Line 3"):
        read_pairs(Path(file))


@needs_gold
def test_suppliers_reach_the_figures_wanted_on_real_pairs() -> None:
    figures = json.loads(run("evaluate_suppliers", str(SHARED / "supplier_pairs.csv"), "--json"))

    assert figures["automatic"]["precision"] >= 0.97
    assert figures["automatic"]["recall"] >= 0.84
    assert figures["automatic"]["f1"] >= 0.90
    assert figures["automatic_and_review"]["recall"] >= 0.95
    assert figures["review"]["share_right"] >= 0.5


@needs_gold
def test_categories_reach_the_figures_wanted_on_real_titles() -> None:
    figures = json.loads(run("evaluate_categories", str(SHARED / "categories.csv"), "--json"))

    assert figures["it_accuracy_with_alt"] >= 0.80
    assert figures["non_it_taken_for_it_not_counting_alt"] <= 0.03
    assert figures["it_taken_for_non_it"] <= 0.08
