"""How gunicorn serves it, wherever that is started in this folder."""

# The most it reads: the API answers addresses too long for it by itself, as it answers all else.
limit_request_line = 8190
