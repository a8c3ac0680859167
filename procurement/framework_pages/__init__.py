"""The pages of frameworks: what anybody reads, and what administrators keep."""
