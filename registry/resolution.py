"""A supplier as one row names it."""

from dataclasses import dataclass

from registry.identifiers import Identifier, identifiers
from registry.matching import Mention


@dataclass(frozen=True, slots=True, order=True)
class StatedSupplier:
    """A supplier as one row names it; text as it stands."""

    name: str
    company: str = ""
    charity: str = ""
    other: str = ""

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        return identifiers(company=self.company, charity=self.charity, other=self.other)

    @property
    def mention(self) -> Mention:
        return Mention(self.name, tuple(sorted(self.identifiers)))
