"""Measurements of the finished program; not in the wheel."""
