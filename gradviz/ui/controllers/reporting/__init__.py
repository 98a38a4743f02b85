"""A report of a problem, gathered for the user to send."""
