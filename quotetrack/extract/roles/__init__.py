"""What the article says of its people: roles, offices, titles, facts."""
