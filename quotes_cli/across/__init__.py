"""Quotations of many articles in, what they have in common out: who is one person, which are one statement."""
