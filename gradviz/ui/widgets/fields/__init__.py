"""Fields that ask for a text of their own kind."""
