"""`Quotation` records in, tables and files out. One module a format, one line for it in `registry.py`."""
