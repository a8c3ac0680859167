"""Which facts a contract wants for joint buying, and what each would do."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a contract."""

    end: bool
    value: bool
    notice: bool
    rolling: bool


@dataclass(frozen=True, slots=True)
class Want:
    """A fact to give; `once_in` when it tells of joint buys that the contract is in already."""

    fact: str
    effect: str
    once_in: bool


END = Want("the end date", "it could join", once_in=False)
VALUE = Want("the value", "it would count in", once_in=True)
NOTICE = Want("the notice period", "the day to act by would be sure for", once_in=True)


def wants(held: Held) -> Iterator[Want]:
    """An end first: without one a contract that is not rolling joins nothing."""
    if not held.end and not held.rolling:
        yield END
        return
    if not held.value:
        yield VALUE
    if held.rolling and not held.notice:
        yield NOTICE
