"""A county that does not exist, for trying the portal: believable budgets, made by arithmetic from a seed.

Bodies, people and figures are invented, so that no real township is said to have them. Everything adds up; what is to
be wrong is planted afterwards, through the door, as a person would get it wrong.
"""
