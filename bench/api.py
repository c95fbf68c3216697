"""Search by picture over HTTP against the bare cost of decoding, encoding and index search.

    python bench/api.py            # 20,000 products; 1, 8 and 32 clients
    python bench/api.py --quick    # 200 products and few requests, to see that it runs

A real `parure serve` answers clients that are threads of another process and keep their connections open, as a shop's
back end does. The bare cost is taken in this process with the same encoder and a copy of the same index, by turns with
the requests of the one client. All share this machine's cores. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from PIL import Image

from fill import SAMPLE, fill
from report import percentiles, print_json

SIDE = 384  # pixels of a query, as a phone's browser would send it after shrinking
LIMIT = 24  # results asked for: the default page
BOUNDARY = "parure-bench"
HEADERS = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
PACKAGES = ("parure", "django", "django-ninja", "waitress", "numpy", "pillow", "onnxruntime", "qdrant-edge-py")


def queries(count: int) -> list[bytes]:
    """JPEGs of the sample shop's pieces, cropped a little so that none is in the catalogue."""
    found = []
    for path in sorted(SAMPLE.glob("*.*"))[:count]:
        with Image.open(path) as image:
            inset = image.width // 20
            crop = image.convert("RGB").crop((inset, inset, image.width - inset, image.height - inset))
        buffer = io.BytesIO()
        crop.resize((SIDE, SIDE)).save(buffer, "JPEG", quality=88)
        found.append(buffer.getvalue())
    return found


class Bare:
    """Decode + encode + index search in this process with the product's own parts, over a copy of the shop's folder."""

    def __init__(self) -> None:
        from parure.web.catalogue.runtime import runtime

        self._encoder, self._index = runtime().encoder(), runtime().index(runtime().serving())

    def __call__(self, data: bytes) -> None:
        from parure import images
        from parure.web.catalogue.photos import WORKING_SIDE

        pixels = images.decode(data, shrink_to=WORKING_SIDE).pixels
        self._index.search(self._encoder.encode_images([pixels])[0], limit=LIMIT * 3 + 8)  # as deep as a search looks


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`parure serve` on a free port; `ready_s` is how long it took until it answered."""

    def __init__(self, data: Path) -> None:
        self.port = _free_port()
        command = [sys.executable, "-m", "parure", "--data", str(data), "serve", "--port", str(self.port)]
        start = time.perf_counter()
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self._well():
            if self._process.poll() is not None or time.perf_counter() - start > 120:
                raise SystemExit(f"`{' '.join(command)}` does not answer; run it to see why")
            time.sleep(0.02)
        self.ready_s = time.perf_counter() - start

    def _well(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(60)


def clients_process(port: int, clients: int, requests: int, folder: Path) -> dict[str, Any]:
    """Run the clients in a process of their own, so that they do not hold up the bench's own interpreter."""
    command = [sys.executable, __file__, "--as-clients", str(clients), "--port", str(port)]
    command += ["--requests", str(requests), "--pictures", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def as_clients(port: int, clients: int, requests: int, folder: Path) -> None:
    """`clients` threads send `requests` searches between them; prints seconds per request and what failed."""
    from concurrent.futures import ThreadPoolExecutor

    bodies = [_multipart(path.read_bytes()) for path in sorted(folder.glob("*.jpg"))]
    with ThreadPoolExecutor(clients) as pool:
        start = time.perf_counter()
        shares = [range(number, requests, clients) for number in range(clients)]
        answers = [one for share in pool.map(lambda share: _client(port, share, bodies), shares) for one in share]
        wall = time.perf_counter() - start
    times = [seconds for seconds, error in answers if not error]
    errors = [error for _, error in answers if error]
    print(json.dumps({"times": times, "errors": errors[:5], "failed": len(errors), "wall": wall}))


def _client(port: int, share: Sequence[int], bodies: Sequence[bytes]) -> list[tuple[float, str]]:
    asked = Client(port)
    return [asked(bodies[number % len(bodies)]) for number in share]


class Client:
    """One that keeps its connection; gives (seconds, what went wrong or "") per search."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def __call__(self, body: bytes) -> tuple[float, str]:
        start = time.perf_counter()
        try:
            self._connection.request("POST", "/api/v1/search", body, HEADERS)
            response = self._connection.getresponse()
            good = b'"items"' in response.read() and response.status == 200
            error = "" if good else f"status {response.status}"
        except (OSError, HTTPException) as failure:
            error = repr(failure)
            self._connection.close()
        return time.perf_counter() - start, error


def _multipart(data: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="q.jpg"\r\n'
    limit = f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="limit"\r\n\r\n{LIMIT}'
    return f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + data + f"{limit}\r\n--{BOUNDARY}--\r\n".encode()


def measure(root: Path, products: int, levels: Sequence[tuple[int, int]], pictures: list[bytes]) -> dict[str, Any]:
    server = Server(root / "served")
    print(f"server ready after {server.ready_s:.2f} s with {products:,} products")
    try:
        clients_process(server.port, 2, 20, root)  # warm up
        base, alone = by_turns(server.port, pictures, levels[0][1])
        print(f"bare decode + encode + search: p50 {base['p50_ms']:.1f} ms, p99 {base['p99_ms']:.1f} ms")
        found = {"1": _level(1, alone, base["p50_ms"])}
        for clients, count in levels[1:]:
            found[str(clients)] = _level(clients, clients_process(server.port, clients, count, root), base["p50_ms"])
    finally:
        server.stop()
    return {"products": products, "server_ready_s": round(server.ready_s, 3), "bare": base, "clients": found}


def by_turns(port: int, pictures: list[bytes], requests: int) -> tuple[dict[str, float], dict[str, Any]]:
    """One client and the bare cost, a request of each by turns: whatever else the machine does hits both alike."""
    bare, client = Bare(), Client(port)
    bodies = [_multipart(data) for data in pictures]
    for data in pictures[:5]:
        bare(data)
    direct, answers = [], []
    for number in range(requests):
        place = number % len(pictures)
        answers.append(client(bodies[place]))
        direct.append(_timed(partial(bare, pictures[place])))
    times = [seconds for seconds, error in answers if not error]
    errors = [error for _, error in answers if error]
    return percentiles(direct), {"times": times, "errors": errors[:5], "failed": len(errors), "wall": sum(times)}


def _level(clients: int, result: dict[str, Any], bare_p50: float) -> dict[str, float]:
    times, failed = result["times"], result["failed"]
    level = percentiles(times) if times else {"p50_ms": float("nan"), "p99_ms": float("nan")}
    level |= {
        "requests_per_s": round(len(times) / result["wall"], 2),
        "requests": len(times) + failed,
        "failed": failed,
    }
    level["p50_to_bare"] = round(level["p50_ms"] / bare_p50, 3)
    level["rate_to_bare"] = round(level["requests_per_s"] * bare_p50 / 1000, 3)  # 1: as many a second as bare calls
    print(
        f"{clients:>3} clients: p50 {level['p50_ms']:.1f} ms ({level['p50_to_bare']:.2f} of bare), p99 "
        f"{level['p99_ms']:.1f} ms, {level['requests_per_s']:.1f} requests/s ({level['rate_to_bare']:.2f} of bare), "
        f"{failed} failed {result['errors'] or ''}"
    )
    return level


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--quick", action="store_true", help="200 products and few requests")
    parser.add_argument("--as-clients", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--requests", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--pictures", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    if chosen.as_clients:
        as_clients(chosen.port, chosen.as_clients, chosen.requests, chosen.pictures)
        return
    products = 200 if chosen.quick else chosen.products
    levels = [(1, 20), (8, 24), (32, 64)] if chosen.quick else [(1, 200), (8, 400), (32, 640)]
    root = Path(tempfile.mkdtemp(prefix="parure-bench-"))
    os.environ |= {"PARURE_DATA": str(root / "data"), "PARURE_RATE_SEARCH": "1000000/s"}  # one address asks them all
    try:
        pictures = queries(10 if chosen.quick else 50)
        for number, data in enumerate(pictures):
            (root / f"{number:03}.jpg").write_bytes(data)
        fill(products)
        shutil.copytree(root / "data", root / "served")  # an index has one holder: the server gets a copy
        figures = measure(root, products, levels, pictures)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print_json("api", figures, *PACKAGES)


if __name__ == "__main__":
    main()
