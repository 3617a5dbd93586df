"""1EdTech's validator of Open Badges 2.0 (`openbadges` 1.1.2), asked without a network. Runs on Python 3.7 or 3.8.

A line of jobs on stdin, a line of reports on stdout. A job: {text | picture, documents, recipient}, with a picture in
base64, documents as {address: {status, media_type, content}} with base64 contents. A report: {valid, errors, warnings}.
"""

import base64
import io
import json
import logging
import sys

import requests
from openbadges import verifier
from openbadges_bakery import unbake
from urllib3 import HTTPResponse

# Nothing is cached: an address may answer otherwise in the next job.
OPTIONS = {"use_cache": False, "cache_backend": None}


class Shelf(requests.adapters.BaseAdapter):
    """Answers every request from the documents of a job; the rest of the world does not exist."""

    documents = {}

    def send(self, request, **kwargs):
        found = self.documents.get(request.url)
        if found is None:
            raise requests.ConnectionError("nothing at " + request.url)
        raw = HTTPResponse(
            body=io.BytesIO(base64.b64decode(found["content"])),
            headers={"Content-Type": found["media_type"]},
            status=found["status"],
            preload_content=False,
        )
        return requests.adapters.HTTPAdapter().build_response(request, raw)

    def close(self):
        pass


def unbaked(picture):
    """What the bakery reads: for an SVG bytes, which the validator, made for Python 2, would take for nothing."""
    found = unbake(io.BytesIO(base64.b64decode(picture)))
    return found.decode() if isinstance(found, bytes) else found


def report(job):
    Shelf.documents = job["documents"]
    given = unbaked(job["picture"]) if "picture" in job else job["text"]
    recipient = {"email": job["recipient"]} if job.get("recipient") else None
    found = verifier.verify(given, recipient, **OPTIONS)["report"]
    messages = {"ERROR": [], "WARNING": [], "INFO": []}
    for message in found["messages"]:
        messages[message["messageLevel"]].append("{}: {}".format(message["name"], message["result"]))
    return {"valid": found["valid"], "errors": messages["ERROR"], "warnings": messages["WARNING"]}


def answer(job):
    try:
        return report(job)
    except Exception as error:
        return {"valid": False, "errors": [repr(error)], "warnings": []}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    requests.Session.get_adapter = lambda self, url: Shelf()
    for line in sys.stdin:
        print(json.dumps([answer(job) for job in json.loads(line)]), flush=True)
