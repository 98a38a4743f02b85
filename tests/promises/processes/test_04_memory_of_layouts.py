"""The layout process has at most 1 GiB, and one that wants more costs a plan at most."""

import psutil
from promised import Tell
from sample_graphs import chain

from gradviz.layout.__main__ import MEMORY_BYTES
from gradviz.layout.client import LayoutClient


def test_that_the_layout_process_is_capped_and_a_graph_too_large_for_it_is_placed(
    tell: Tell,
) -> None:
    client = LayoutClient()
    try:
        client.place(*chain(2))
        assert client.pid is not None
        limit = psutil.Process(client.pid).rlimit(psutil.RLIMIT_AS)
        assert MEMORY_BYTES == 1 << 30
        assert max(limit) == MEMORY_BYTES
        placement = client.place(*chain(200_000), deadline_s=20.0)
        assert len(placement.centers) == 200_000
        resident = psutil.Process().memory_info().rss
        tell(f"limit {limit[0] >> 20} MiB; 200,000 nodes by the plan {placement.plan!r}")
        assert resident > 0
    finally:
        client.close()
