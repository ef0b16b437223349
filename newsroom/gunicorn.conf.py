"""How gunicorn serves the site: `gunicorn -c newsroom/gunicorn.conf.py` is all it needs."""

import sys

from newsroom import env

try:
    port = env.number("PORT", 8000, low=1, high=65535)
    workers = env.number("WEB_CONCURRENCY", 2, low=1, high=64)
    proxies = env.number("TRUSTED_PROXIES", 0, low=0, high=10)
    works = env.flag("WORK_IN_WEB", True)
    log_format = env.choice("LOG_FORMAT", {"text", "json"}, "text")
except env.Mistake as mistake:
    sys.exit(str(mistake))

wsgi_app = "newsroom.wsgi"
bind = f"127.0.0.1:{port}"
proc_name = "newsroom"

worker_class = "gthread"  # keeps connections open, and a slow reader holds no worker
threads = 4
preload_app = True  # a mistake in the settings stops the start, and workers share memory

timeout = 30  # a worker that gives no sign of life for so long is replaced
graceful_timeout = 20
# Longer than proxies and browsers keep their end, so that they never send into a closed connection. A short time closes
# connections that wait for a busy process, too. An idle one holds no thread, and too many of them are let go.
keepalive = 75
max_requests = 10_000  # what a library leaks does not add up
max_requests_jitter = 1_000

# Only a proxy may say that the reader came over https.
forwarded_allow_ips = "*" if proxies else ""
control_socket_disable = True  # one door less
accesslog = None  # newsroom/request_log.py writes a line that holds no secrets
# What gunicorn itself has to say looks like the site's own lines.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"newsroom.log_lines.{log_format.title()}Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}


def post_worker_init(worker):
    """Have each process do due work beside its requests, unless `manage.py work` runs and WORK_IN_WEB is off."""
    if works:
        from articles import work

        work.start_workers()


def worker_exit(server, worker):
    """Begin nothing new; what is in hand and not finished is due again for another process."""
    from articles import work

    work.stop()
