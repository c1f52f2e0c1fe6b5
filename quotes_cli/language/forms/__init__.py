"""Text without grammar: a line in, its words out; a word in, its lemma out: by the tables of the shipped model."""
