"""Files of known truth, as councils send them, and what a good reading of each says."""
