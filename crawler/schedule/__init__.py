"""Crawls on a timetable, on one machine or many."""
