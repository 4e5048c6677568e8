"""WARC files of others imported and pages read again, beside the tools that do the same; see __main__."""
