"""Questions about a recording, and their answers."""
