"""Entry in the tables themselves: which cells are typed, what a text in them means, and what follows from it."""
