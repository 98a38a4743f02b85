"""The part of a graph that is shown: open and closed groups, folds, and the first picture."""
