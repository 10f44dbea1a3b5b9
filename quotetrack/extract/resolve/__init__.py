"""Whom a source phrase stands for: what structure decides, before anything is ranked."""
