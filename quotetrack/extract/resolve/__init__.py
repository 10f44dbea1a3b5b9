"""Whom a source phrase stands for: what structure decides, and what is ranked along a walk through the article."""
