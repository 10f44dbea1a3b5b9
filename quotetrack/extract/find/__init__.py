"""Which stretches of an article are quotations, and what frames them."""
