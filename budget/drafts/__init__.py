"""Drafts in the database: dossiers saved in one transaction, loaded in a dozen queries."""
