"""`Quotation` records in, tables and files out. One line a format in `registry.py`, and a module that writes it."""
