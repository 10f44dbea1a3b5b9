"""Tests of repairs of inferred speakers."""
