"""Arabic text, read by pure functions: digits, letters, dates, bylines, counters. They import nothing else of Naba."""
