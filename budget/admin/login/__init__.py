"""Logging in: lock-out, second factor, invitations, sessions, and the administrator's page 谁管哪个单位."""
