"""What the sample registers are made of: invented contracts, and the shapes registers come in."""
