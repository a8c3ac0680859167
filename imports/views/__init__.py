"""The pages of uploads: one module for each thing a person decides."""
