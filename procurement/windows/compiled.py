"""Loops over small arrays as machine code, for what is asked of them very often."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function as machine code, made when it is first called: ten seconds for a search.

    It is kept beside its module, or in the user's cache; where neither can be written to, each
    process makes its own. It is made anew when its module changes, but not when another does:
    so a compiled function calls none of another module, nor is given types of one.
    """
    try:
        return cast(Function, njit(cache=True)(function))
    except RuntimeError:  # there is no folder to keep it in
        return cast(Function, njit(function))
