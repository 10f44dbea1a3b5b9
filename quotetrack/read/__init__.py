"""Queries for everything that is shown to users."""
