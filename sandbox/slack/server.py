"""Slack's servers on one loopback port: the Web API, uploads, downloads and response_urls."""

from sandbox.slack import files_door, response_urls, web_api
from sandbox.slack.site import Site
from sandbox.web import Call, Reply, WebServer, application


class SlackServer:
    """The Web API is at `{url}/api/`. A second start takes the same port, and all is still there."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._web = WebServer(application(self.answer))

    @property
    def url(self) -> str:
        return self._web.url

    def skew(self, seconds: int) -> None:
        """From now on its clock is that far ahead of everybody's."""
        self._web.skew_s = seconds

    def start(self) -> None:
        self._web.start()
        self.site.base_url = f"{self.url}/"
        self.site.queue.start()

    def stop(self) -> None:
        """What is under way is finished first; what is due later is left."""
        self.site.queue.stop()
        self.site.socket.stop()
        self._web.stop()
        self.site.deliveries.close()

    def answer(self, call: Call) -> Reply:
        door, _, rest = call.path.lstrip("/").partition("/")
        if door == "api":
            return web_api.answer(self.site, rest, call)
        if door == "upload":
            return files_door.take(self.site, rest.rpartition("/")[2], call)
        if door == "files-pri" and call.method in ("GET", "HEAD"):
            return files_door.give(self.site, rest, call)
        if door in ("actions", "commands") and call.method == "POST":
            return response_urls.take(self.site, rest.rpartition("/")[2], call)
        return Reply(404, b"Not Found", media_type="text/plain")
