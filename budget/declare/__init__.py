"""The words in which a document is declared: tables, records with their fields, narrative, rules, the document itself.

A declaration is a frozen value; what reads it (page, file, reader, form, rule) is a short function elsewhere.
"""
