"""Helpers on plain text that several stages share: paragraphs, quotation marks, names, words."""
