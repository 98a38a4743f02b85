"""The messages between the processes: commands, events, their bytes, and the child's pipes."""
