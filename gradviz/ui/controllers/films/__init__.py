"""Films of what is shown: moments asked of the engine, and the process that draws them."""
