"""The stages of ../server, for mosec, one process per stage: bytes in and out, or events."""

import os
import signal
import threading
import time

from mosec import Runtime, Server, SSEWorker, Worker


class Bytes(Worker):
    """As the codec `bytes`: the body is handed on as it is."""

    resp_mime_type = "application/octet-stream"

    def deserialize(self, data):
        return data

    def serialize(self, data):
        return data

    def forward(self, data):
        return data


class Echo(Bytes):
    """One request at a time."""


class BatchEcho(Bytes):
    """Up to 32 requests at a time."""


class FirstEcho(Bytes):
    pass


class MiddleEcho(Bytes):
    pass


class LastEcho(Bytes):
    pass


class Events(SSEWorker):
    """As many events as its one client wants, as fast as they can be sent."""

    def forward(self, data):
        for number in range(data["events"]):
            self.send_stream_event(f"event {number}")


class PacedEvents(SSEWorker):
    """A worker runs one batch at a time: all clients have to be in it, and get each event in the same step."""

    def forward(self, data):
        events, pace = data[0]["events"], data[0]["pace"] / 1000
        begun_at = time.monotonic()
        for number in range(events):
            time.sleep(max(0, begun_at + number * pace - time.monotonic()))
            for index in range(len(data)):
                self.send_stream_event(f"event {number}", index)
        return [None] * len(data)


# The clients of ../stream/paced.ts, and the longest time until the last of them has asked.
CLIENTS = 200
CLIENTS_WAIT_MS = 5000

PIPELINES = {
    "one": lambda: [Runtime(Echo)],
    "batch32": lambda: [Runtime(BatchEcho, max_batch_size=32, max_wait_time=10)],
    "three": lambda: [Runtime(FirstEcho), Runtime(MiddleEcho), Runtime(LastEcho)],
    "stream": lambda: [Runtime(Events)],
    "paced": lambda: [Runtime(PacedEvents, max_batch_size=CLIENTS, max_wait_time=CLIENTS_WAIT_MS)],
}


def end_with_the_benchmark():
    """Its end closes our standard input, however it ended; nobody else would stop this server."""
    while os.read(0, 1024):  # not sys.stdin: its lock would be held when the interpreter ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    server = Server()
    names = os.environ["BENCH_PIPELINES"].split(",")
    server.register_runtime({f"/{name}": PIPELINES[name]() for name in names})
    threading.Thread(target=end_with_the_benchmark, daemon=True).start()
    server.run()
