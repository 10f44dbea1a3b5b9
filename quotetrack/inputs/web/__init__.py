"""Fetch pages from the web: politely, with limits, and only what was asked for."""
