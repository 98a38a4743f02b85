"""The language of all that is said to a user: one function, and its catalogues."""
