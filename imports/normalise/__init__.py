"""What cells, rows and registers say: cell readers need no pandas, whole registers do."""
