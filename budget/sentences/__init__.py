"""The text written from declared sentences: rendered with the figures of the budget, each with its address."""
