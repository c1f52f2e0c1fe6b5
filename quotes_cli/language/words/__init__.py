"""Word lists: the data files of the package, read, checked and handed out by what they mean."""
