"""The grammar of what a user types, its tree and its errors."""
