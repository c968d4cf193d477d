"""A Dask cluster of two worker processes, and executors on it and on this machine."""

import pytest

from ingest.execution.local import LocalExecutor
from tests.patience import PATIENCE

#: Dask workers that may end under a task before it is given up; Dask's own 3 would only take longer.
ALLOWED_FAILURES = 1


@pytest.fixture(scope="package")
def cluster(waiting_long):
    dask = pytest.importorskip("dask", reason="Dask is not installed; `make test` installs it")
    distributed = pytest.importorskip("distributed", reason="Dask is not installed; `make test` installs it")
    with (
        dask.config.set(
            {
                "distributed.scheduler.allowed-failures": ALLOWED_FAILURES,
                "distributed.comm.timeouts.connect": PATIENCE,
                "distributed.comm.timeouts.tcp": PATIENCE,
                "distributed.deploy.lost-worker-timeout": PATIENCE,
            }
        ),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        yield cluster


@pytest.fixture(scope="package")
def waiting_long():
    """A cluster on a busy machine is slow to answer, and there all the same."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONNECT_TIMEOUT", "FIRST_WORKER_TIMEOUT", "ANSWER_TIMEOUT"):
            patch.setattr(f"ingest.execution.cluster.{name}", PATIENCE)
        yield


@pytest.fixture(scope="package", params=["local", "dask"])
def executor_of(request):
    """Makes an executor of either kind, of two workers."""
    if request.param == "local":
        return lambda **options: LocalExecutor(2, **options)
    address = request.getfixturevalue("cluster").scheduler_address
    from ingest.execution.cluster import DaskExecutor

    return lambda **options: DaskExecutor(address, **options)
