"""Find the person or body that a source stands for."""
