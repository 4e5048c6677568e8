"""Watching: each run beside the site's own earlier runs, alarms that are told once, and the state of every site."""
