"""One council's place on the ladder of a joint buy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from procurement.models import Participant, Pledge
from procurement.signings import Signed
from registry.models import Council

Step = Pledge.Step
BUYING = frozenset({Step.INTENDS, Step.COMMITS, Step.SIGNED})


@dataclass(slots=True)
class Place:
    """One council on the ladder, with what the reader may know of its word."""

    participant: Participant
    said: Pledge | None  # what the council said, if the reader may know it
    step: Pledge.Step | None
    mine: bool
    done: bool = False  # signed elsewhere for all it could buy here: it counts no more
    elsewhere: Signed = ()  # where its contracts are signed for, as far as the reader may know
    holds: bool | None = None
    why: list[str] = field(default_factory=list)
    share: Decimal | None = None  # of the lead's costs
    served_by: Mapping[str, str] | None = None  # the profile of the menu

    @property
    def council(self) -> Council:
        return self.participant.council

    @property
    def step_name(self) -> str:
        return self.step.label if self.step else "Asked in"
