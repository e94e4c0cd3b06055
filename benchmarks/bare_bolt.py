"""The peer: Bolt with its default settings and listeners that do nothing, behind FastAPI and uvicorn as ours is.

`python -m benchmarks.bare_bolt PORT SECRET SLACK_API_URL`
"""

import sys

import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt import Ack, App
from slack_bolt.adapter.fastapi import SlackRequestHandler
from slack_sdk import WebClient


def create(secret: str, token: str, api: str) -> FastAPI:
    bolt = App(signing_secret=secret, client=WebClient(token, base_url=f"{api}/"))

    @bolt.event("message")
    def nothing() -> None:
        pass

    @bolt.command("/deal")
    def taken(ack: Ack) -> None:
        ack()

    handler = SlackRequestHandler(bolt)
    web = FastAPI()

    @web.post("/slack/events")
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return web


if __name__ == "__main__":
    port, secret, token, api = sys.argv[1:]
    uvicorn.run(create(secret, token, api), port=int(port), log_level="warning", access_log=False)
