"""Everything that knows language: an article goes in, its quotations with their speakers come out."""
