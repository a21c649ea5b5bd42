"""Trials with processes of their own on a database of their own: `python -m tests.trials people|publishers|kills`."""
