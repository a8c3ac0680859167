"""`run_demo`: the service with sample registers, a web server and a worker. `make run` calls it."""

import io
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from registry.formats import count, day
from registry.today import today

# How long the server and worker are given to end what they are at, in seconds.
PATIENCE = 10


class Command(BaseCommand):
    help = (
        "Load reference data and the sample registers of invented councils through the real "
        "importer, find opportunities, make accounts to sign in with, and serve with a worker. "
        "Stands on the day the samples were written for unless BUYING_COMMONS_TODAY is set. "
        "Example: manage.py run_demo --load-only"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--load-only", action="store_true", help="stop before serving")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, load_only: bool, port: int, **_options: Any) -> None:
        from config import demo

        if settings.TODAY is None:
            begin_again_on(demo.SAMPLE_DAY.isoformat())
        if not load_only:
            check_port(port)
        self.load()
        if not load_only:
            self.serve(port)

    def load(self) -> None:
        from config import demo, demo_deliveries, demo_demand, demo_joint_buy, demo_needs
        from procurement.actions import rebuild_opportunities
        from procurement.models import Opportunity
        from social_value import actions as social_value

        try:
            call_command("migrate", verbosity=0)
        except OperationalError as error:
            raise CommandError(
                f"The database cannot be used: {error}. Check DATABASE_URL."
            ) from error
        self.say("Reference data")
        call_command("load_reference", stdout=io.StringIO())
        demo.load_councils()
        demo.make_accounts()
        for path, council in demo.sample_registers():
            if upload := demo.import_sample(path, council):
                rows = upload.report["rows"]
                self.say(
                    f"{path.name}: {rows['added']:,} contracts, "
                    f"{count(upload.report['problems'], 'problem')} to look at"
                )
        self.say("Opportunities")
        rebuild_opportunities(today=today())
        self.say(f"{Opportunity.objects.planned().count():,} joint buys to look at")
        demo_joint_buy.make_joint_buy()
        demo_needs.make_needs()
        demo_demand.make_demand()
        social_value.read_all()
        demo_deliveries.make_deliveries(today())
        pooled = social_value.rebuild_pools(today=today())
        self.say(
            f"{count(pooled.commitments_considered, 'social value promise')}, "
            f"{count(pooled.pools, 'pool')}"
        )

    def serve(self, port: int) -> None:
        from config import demo

        web = [
            *(sys.executable, "-m", "gunicorn", "config.wsgi"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--threads", "4", "--log-level", "warning"),
        ]
        worker = [
            # Run as root in a container, it would warn at length about a serialiser not used here.
            *(sys.executable, "-W", "ignore:::celery.platforms"),
            *("-m", "celery", "--app", "config", "--quiet", "worker"),
            *("--beat", "--concurrency", "1", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]
        os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")  # of links in mails
        started = [
            subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603 our own two commands
            for command in (web, worker)
        ]
        self.say(f"\nBuying Commons is at http://127.0.0.1:{port}, as on {day(today())}.")
        self.say(f"Sign in with the password {demo.DEMO_PASSWORD} as")
        for account in demo.ACCOUNTS:
            self.say(f"  {account.username:<8} {account.for_what}")
        self.say("Stop with Ctrl-C.")
        watch(started)

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def begin_again_on(today: str) -> None:
    """The same command on the samples' day, which settings read when they are loaded."""
    os.environ["BUYING_COMMONS_TODAY"] = today
    os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Something serves at 127.0.0.1:{port} already. Stop it, or choose another port: "
                f"manage.py run_demo --port {port + 1}"
            ) from None


def watch(started: list[subprocess.Popen[bytes]]) -> None:
    """Wait until either ends or somebody stops us, then end both."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    ended: subprocess.Popen[bytes] | None = None
    with suppress(KeyboardInterrupt):
        process, _ = os.wait()
        ended = next((one for one in started if one.pid == process), None)
    for one in started:
        if one is not ended:
            one.terminate()
    for one in started:
        if one is not ended:
            with suppress(subprocess.TimeoutExpired):
                one.wait(PATIENCE)
    if ended is not None:
        raise CommandError("The server or its worker stopped by itself; what it said stands above.")
