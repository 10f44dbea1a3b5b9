"""The jobs that users start: they call the stages in order."""
