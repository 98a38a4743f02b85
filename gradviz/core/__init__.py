"""Plain frozen data and pure functions that every other layer shares; no Qt, no torch."""
