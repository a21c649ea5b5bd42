"""The benchmark: a command, never a test."""
