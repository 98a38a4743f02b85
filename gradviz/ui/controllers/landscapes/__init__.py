"""The landscape of the loss, and the ways of trainings over it."""
