"""A model with its data: evaluated, recorded, differentiated again."""
