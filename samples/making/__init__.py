"""What the sample registers are made of."""

import os

# openpyxl writes the same workbook in other bytes where lxml is installed; these never differ.
os.environ["OPENPYXL_LXML"] = "False"
