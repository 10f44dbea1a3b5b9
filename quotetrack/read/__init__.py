"""What shows something: every query whose rows a person gets to see."""
