"""Loops over small arrays as machine code, for what is asked of them very often."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pickle import UnpicklingError
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function as machine code, made when it is first called: ten seconds for a search.

    It is kept beside its module, or in the user's cache; where neither can be written to, each
    process makes its own. It is made anew when its module changes, but not when another does:
    so a compiled function calls none of another module, nor is given types of one.
    """
    made: Any = njit(function)
    with suppress(RuntimeError):  # there is no folder to keep it in
        made._cache = Kept(function)
    return cast(Function, made)


class Kept(FunctionCache):
    """Code that cannot be read or written there is made anew: a full disk stops no rebuild."""

    @contextmanager
    def _guard_against_spurious_io_errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, EOFError, UnpicklingError):
            with suppress(OSError):
                self.flush()
