"""Everything that knows Rich: what a person sees on a terminal."""
