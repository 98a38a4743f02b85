"""The landscape of the loss: its map or curve, the ways over it, and the gradient."""
