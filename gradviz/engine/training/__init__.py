"""Training in slices of time, its history, and the events that report it."""
