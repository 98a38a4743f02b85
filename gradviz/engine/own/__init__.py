"""The user's own model, read in one direction: file, code, module, inputs, forward pass, scalar.

Each stage hands a frozen value on to the next, and none calls an earlier one; `prepared` goes
through them.
"""
