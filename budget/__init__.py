"""The numbers: departments, codes, budget lines, tables, intake and checks."""
