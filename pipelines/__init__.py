"""One file a stage, in the order that an article passes them: clean, deduplicate, store."""
