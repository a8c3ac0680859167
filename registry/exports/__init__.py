"""What a council owes or keeps, as files: each builder turns plain rows into one format."""
