"""One forward and one backward pass, recorded with their true tensors."""
