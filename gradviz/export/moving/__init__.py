"""Moving pictures of a training or a backward pass: frame by frame, so that memory is bounded."""
