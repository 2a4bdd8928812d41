"""Set the peers up, measure each of them and our overview, write the report: ``make bench-peers``, or ``python -m benchmarks.peers --only dash``."""

import argparse

from playwright.sync_api import Error, sync_playwright

from benchmarks import report
from benchmarks.data import SIZES, built
from benchmarks.peers.measure import measure
from benchmarks.peers.peers import ours, peers_of
from benchmarks.peers.setup import PRODUCTS, set_up
from benchmarks.peers.tables import make_tables
from benchmarks.results import RESULTS, Recorder
from tools.chromium import find

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Those asked for, ours always."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--only", default=",".join(PRODUCTS), help="products to compare with, separated by commas")
    parser.add_argument("--size", choices=SIZES, default="10m")
    asked = parser.parse_args()
    extracts = built(asked.size)
    make_tables(extracts)
    products = [name for name in asked.only.split(",") if name]
    for product in products:
        set_up(product)
    peers = [ours(extracts), *(peer for product in products for peer in peers_of(product))]
    recorder, failed = Recorder("peers", folder=RESULTS / "peers"), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find()), args=SWITCHES)
        for peer in peers:
            print(f"== {peer.name}", flush=True)
            try:
                measure(peer, browser, recorder)
            except (RuntimeError, Error) as error:
                failed.append(f"{peer.name}: {error}")
            recorder.save()
    report.write()
    if failed:
        raise SystemExit("\n".join(failed))


if __name__ == "__main__":
    main()
