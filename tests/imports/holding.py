"""Contracts as the registry would hold them, from what they say."""

from imports.reconcile import Held
from registry.statements import STATED, column_value


def holding(key, facts, *, withdrawn=False):
    return Held(key, STATED, [column_value(name, facts) for name in STATED], withdrawn)
