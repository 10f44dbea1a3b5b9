"""Cluster quotations into claims: the printings of one utterance, even if their wordings differ.

Sentences (``wordings``) that share an informative run of words (``windows``, ``candidates``) are compared word by word
(``likeness``). Similar ones are grouped around the words they have in common (``cores``). A core that is not contained in
another one is a claim (``claims``). Each step is a function of its input only, so an incremental update gives the same
result as a full rebuild.
"""
