"""How well names and titles are resolved, measured on labelled rows."""
