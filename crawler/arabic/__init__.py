"""Arabic text, read by pure functions: digits, letters, dates, bylines, counters. Nothing here imports the rest of Naba."""
