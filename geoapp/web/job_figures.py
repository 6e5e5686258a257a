"""Long work in figures for Prometheus, asked of the database when they are: every process tells the same."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from geoapp.errors import StoreError
from geoapp.services.jobs import JobDesk


class _Standing(Collector):
    def __init__(self, desk: JobDesk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        """How long work stands now; nothing where the database is away, which /ready tells."""
        try:
            health = self._desk.health()
        except StoreError:
            return
        jobs = GaugeMetricFamily("geoapp_jobs", "Jobs of long work by state", labels=["state"])
        for state in ("waiting", "running", "failed"):
            jobs.add_metric([state], getattr(health, state))
        yield jobs
        yield GaugeMetricFamily("geoapp_job_workers", "Workers that give signs of life", value=health.workers)
        yield GaugeMetricFamily(
            "geoapp_job_oldest_waiting_seconds", "Seconds that the oldest waiting job waits", value=health.oldest_s
        )


def tell_jobs(desk: JobDesk) -> bytes:
    """The figures in the text form of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Standing(desk))
    return generate_latest(registry)
