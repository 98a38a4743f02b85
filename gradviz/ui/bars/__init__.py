"""The bars around the canvas: on top, along the bottom, status and notices."""
