"""Lists and sheets as people fill them in: typed texts and back, checks at the field, rows; all from declarations."""
