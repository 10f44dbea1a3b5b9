"""Compare systems that extract quotations, on the same articles and by the same measures (``docs/peers.md``)."""
