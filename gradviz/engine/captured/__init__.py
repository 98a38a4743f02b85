"""A graph that stands already, of tensors in the user's own process: it is never run again."""
