"""The data that a model is fitted to, and typed expressions as functions of them."""
