"""High contrast, where the system asks for it."""
