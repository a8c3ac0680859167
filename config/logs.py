"""What the server's log says of each thing that happens."""

import logging

from django.core.exceptions import PermissionDenied


class WithoutTraceOfRefusals(logging.Filter):
    """One line for a page that somebody may not see: that is no fault to be looked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = record.exc_text = None
        return True
