"""Questions about a recording, and their answers; each module here is found by itself."""
