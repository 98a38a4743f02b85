"""The events of the engine by their kinds, each brought into the state of the window."""
