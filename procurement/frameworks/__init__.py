"""Frameworks: what the law allows, when suppliers join, and how tables and notices are read."""
