"""Makes the shipped pipeline from open treebanks and name corpora: `python -m quotes_cli.training --data DIR`."""
