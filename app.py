"""The entry point: everything is wired here, and nothing imports it."""

from fastapi import FastAPI

from bot import front, wiring
from bot.handlers import web
from bot.loaded import keep_loaded
from jobs.doorbell import Doorbell
from jobs.queue_server import address


def create() -> FastAPI:
    """For uvicorn's `--factory`. Raises Misconfigured when the environment is not complete."""
    settings = wiring.settings()
    bell = Doorbell(address(settings.redis_url, settings.run_dir))
    app = web.create(front.build(settings, bell.ring, bell.answers))
    keep_loaded()
    return app
