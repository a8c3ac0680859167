"""Pages of joint buys: read, moved up their ladder, run."""
