"""From frozen content to what a template draws: small pure functions, no database, no draft."""
