"""What the sample registers are made of: invented contracts, and the shapes registers come in."""

import os

# openpyxl writes the same workbook in other bytes where lxml is installed; these never differ.
os.environ["OPENPYXL_LXML"] = "False"
