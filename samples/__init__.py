"""Small registers of invented councils, and what writes them."""
