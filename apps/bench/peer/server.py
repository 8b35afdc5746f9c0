"""The echo stages of ../server, for mosec: bytes in, bytes out, one process per stage."""

import os
import signal
import threading

from mosec import Runtime, Server, Worker


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


PIPELINES = {
    "one": lambda: [Runtime(Echo)],
    "batch32": lambda: [Runtime(BatchEcho, max_batch_size=32, max_wait_time=10)],
    "three": lambda: [Runtime(FirstEcho), Runtime(MiddleEcho), Runtime(LastEcho)],
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
