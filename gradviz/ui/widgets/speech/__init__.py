"""The words of painted widgets for screen readers: names, roles, values, and the parts within."""
