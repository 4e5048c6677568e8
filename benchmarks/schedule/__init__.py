"""Crawls on a timetable, watched: a simulated week."""
