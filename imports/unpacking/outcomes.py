"""The words parent and child agree on: which reader to use, and how the child ended."""

FIRST_READER = "first"
SECOND_READER = "second"

GAVE_UP = 75  # exit code: the file was too much for this reader, there is no answer
