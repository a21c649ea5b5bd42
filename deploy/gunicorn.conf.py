"""gunicorn: a few processes with a few threads each; numbers from the environment (deploy/README.md)."""

import os

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("GUNICORN_THREADS", "4"))
worker_class = "gthread"

# An import of the largest file that is allowed takes seconds; whatever takes a minute hangs.
timeout = 60
graceful_timeout = 30
keepalive = 5

# Memory that a worker gathers over days is given back.
max_requests = 5000
max_requests_jitter = 500

# Heartbeats must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None

accesslog = "-"
access_log_format = '%(t)s %(h)s "%(r)s" %(s)s %(b)s %(M)sms'
