"""The options that several verbs share, and the settings that they choose."""
