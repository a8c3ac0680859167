"""Small registers of invented councils, and what writes them."""

import os

# Workbooks come out byte for byte the same whichever parser of XML is installed: openpyxl asks
# when it is first imported.
os.environ.setdefault("OPENPYXL_LXML", "False")
