"""The figures of a budget as plain values: lines with their facets, and the tables that they add up to."""
