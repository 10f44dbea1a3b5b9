"""Our own gold set, written for this project, and the gate that holds extraction to its floors (docs/quality.md)."""
