"""Bringing derived state up to date: work is found by looking at the rows, and every step may be repeated."""
