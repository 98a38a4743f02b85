"""Predict first: gradients that stay hidden until they are guessed or asked for."""
