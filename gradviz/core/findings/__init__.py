"""Answers to questions about a recorded pass, as plain data and sentences."""
