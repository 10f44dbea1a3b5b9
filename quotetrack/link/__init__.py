"""Link sources to speakers across articles, preferring two separate dossiers over one wrong merge.

Names are compared only within connected components of shared blocking keys, and the result for a component depends only
on that component. So a new article requires only relinking the components of its own names, and the order in which
articles are added does not matter.
"""
