"""The county's standard sentences: looked at by its offices, edited by its reviewers."""
