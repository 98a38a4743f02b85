"""The autograd graph, a recorded pass through it, and their tensors, as plain data."""
