"""Controllers: they turn actions of the user into commands, and events into the state."""
