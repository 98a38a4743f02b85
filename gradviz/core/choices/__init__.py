"""The choices of a user: models, data, training, and the catalogue to choose from."""
