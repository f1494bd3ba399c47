"""Starts localstripe on loopback alone: its own program listens on every address. Ends when its input does."""

import os
import sys
import threading

from aiohttp import web
from localstripe import resources, server

# It would keep everything in one file of the temporary folder, for any user to change.
resources.Store.dump_to_disk = lambda self: None


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
web.run_app(server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
