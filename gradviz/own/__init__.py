"""The model that a user brings: its file, the trust in it, its arguments and its inputs.

Nothing here runs a line of that file. The engine does, and only with trust.
"""
