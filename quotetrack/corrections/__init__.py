"""What people decide about speakers and quotations, and how it is laid over what the machine found."""
