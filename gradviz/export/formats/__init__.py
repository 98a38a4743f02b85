"""The formats, one module for each; Qt is loaded where a format needs it."""
