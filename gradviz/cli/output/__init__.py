"""Results as text and as JSON: printing them, and the parts that several verbs print."""
