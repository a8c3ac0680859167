"""What speaks for each category of one contract: points with their reasons."""

from dataclasses import dataclass, field

NOT_IT = "NON"
OUTSIDE = "OUT"


@dataclass(slots=True)
class Evidence:
    """Points by category, and whether it is IT at all."""

    sure: dict[str, float] = field(default_factory=dict)
    unsure: dict[str, float] = field(default_factory=dict)  # count in full only if it is IT
    reasons: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    it: float = 0.0  # says IT without saying which category
    against: float = 0.0  # says it is not IT
    # Phrases that may speak for IT: any of the title, of a description those that are sure.
    words: set[tuple[str, ...]] = field(default_factory=set)
    vendor: bool = False  # of IT, as supplier or named in the title
    likely: set[str] = field(default_factory=set)  # categories that the text model speaks for
    coded: set[str] = field(default_factory=set)  # categories that product codes speak for
    specific_code: bool = False  # a code that may decide alone
    code_against: bool = False  # a code that is of nothing near IT

    def add(self, code: str, points: float, reason: str, *, sure: bool = True) -> None:
        table = self.sure if sure else self.unsure
        table[code] = table.get(code, 0.0) + points
        self.reasons.setdefault(code, []).append((points, reason))

    def add_against(self, points: float, reason: str) -> None:
        self.against += points
        self.reasons.setdefault(NOT_IT, []).append((points, reason))

    def why(self, code: str) -> str:
        """The weightiest reasons, in words."""
        ranked = sorted(self.reasons.get(code, []), key=lambda r: -r[0])
        return ", ".join(dict.fromkeys(text for _, text in ranked[:4])) or "no word for it"
