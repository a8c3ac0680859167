"""Tables to contract records and problems: `register` reads all, the others read single cells.

What reads single cells loads no pandas, so that pages can show how a cell is read.
"""
