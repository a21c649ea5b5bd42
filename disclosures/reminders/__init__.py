"""Reminders by mail: who is told what, when, and that nobody is told the same thing twice."""
