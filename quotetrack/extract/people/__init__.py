"""The persons and bodies named in an article."""
