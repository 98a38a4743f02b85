"""The state that the window shows, observable; it knows no widget."""
