"""The statistics and the table of the benchmarks, on made numbers: nothing is timed here."""

import json
import socketserver
import threading
from collections.abc import Iterator

import pytest

from benchmarks.client import Load, run_load
from benchmarks.report import (
    BenchError,
    Better,
    Finding,
    Run,
    Samples,
    Section,
    Verdict,
    as_json,
    as_markdown,
    as_text,
    interleave,
    number,
    percentile,
)


def finding(ours: float, theirs: float | None, **given: object) -> Finding:
    """A finding with one value on each side."""
    beside = {"peer": "tipg", "theirs": Samples((theirs,))} if theirs is not None else {}
    return Finding("tile", "ms", Samples((ours,)), **{**beside, **given})  # type: ignore[arg-type]


def test_a_median_and_a_span_come_from_all_values() -> None:
    """The middle of five, not their mean."""
    samples = Samples((9.0, 1.0, 2.0, 100.0, 3.0))
    assert (3.0, (1.0, 100.0)) == (samples.median, samples.span)


def test_nothing_measured_is_no_figure() -> None:
    """No value is a failure, not 0."""
    with pytest.raises(BenchError, match="No value"):
        Samples(())


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50.0), (0.99, 99.0), (0.991, 100.0), (1.0, 100.0), (0.001, 1.0)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: float) -> None:
    """The smallest of 1 to 100 that this share does not exceed."""
    assert expected == percentile([float(value) for value in range(100, 0, -1)], share)


def test_less_time_is_better_by_theirs_over_ours() -> None:
    """2 ms against 10 ms is five times better."""
    assert 5.0 == finding(2.0, 10.0).ratio


def test_more_requests_are_better_by_ours_over_theirs() -> None:
    """400 against 100 in a second is four times better."""
    assert 4.0 == finding(400.0, 100.0, better=Better.HIGHER).ratio


def test_growth_is_ours_over_its_base() -> None:
    """30 ms at many plots against 20 ms at few has grown to 1.5 times."""
    assert 1.5 == finding(30.0, 20.0, growth=True).ratio


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (finding(2.0, 8.0, target=4), Verdict.MET),
        (finding(2.0, 7.9, target=4), Verdict.MISSED),
        (finding(30.0, 10.0, growth=True, target=3), Verdict.MET),
        (finding(31.0, 10.0, growth=True, target=3), Verdict.MISSED),
        (finding(2.0, 8.0), Verdict.REPORTED),
        (finding(2.0, None, target=4), Verdict.MISSED),
        (finding(2.0, 0.0, target=4), Verdict.MISSED),
    ],
)
def test_a_target_is_met_at_its_bound_and_missed_below(given: Finding, expected: Verdict) -> None:
    """A target without anything to hold it against is missed, not passed over."""
    assert expected is given.verdict


def test_sides_take_turns_and_the_warm_up_does_not_count() -> None:
    """A B A B A B, and the first of each is thrown away."""
    order: list[str] = []

    def side(name: str) -> float:
        order.append(name)
        return float(len(order))

    found = interleave({"a": lambda: side("a"), "b": lambda: side("b")}, rounds=2, warm_up=1)
    assert ["a", "b"] * 3 == order
    assert ((3.0, 5.0), (4.0, 6.0)) == (found["a"].values, found["b"].values)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.0123, "0.012"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1 234")]
)
def test_a_number_has_the_digits_that_mean_something(value: float, text: str) -> None:
    """Three of them, and thousands stand apart."""
    assert text == number(value)


@pytest.fixture
def section() -> Section:
    """One figure met, one missed, one that could not be measured."""
    met = Finding("tile", "ms", Samples((1.0, 2.0, 3.0)), "tipg", Samples((10.0, 20.0, 12.0)), target=4)
    missed = Finding("page", "kB", Samples((5.0,)), "Folium", Samples((10.0,)), target=100, note="Raw bytes.")
    return Section("Tiles", [met, missed], ["nginx is not installed"])


def test_the_printed_table_holds_median_span_ratio_and_verdict(section: Section) -> None:
    """Each figure is one line, and what is missing is said."""
    text = as_text(section)
    assert "2.00 (1.00–3.00)" in text
    assert "12.0 (10.0–20.0) tipg" in text
    assert ["6.00×", "met: at least 4.00×"] == text.splitlines()[3].split("  ")[-2:]
    assert text.splitlines()[4].endswith("2.00×  not met: at least 100×")
    assert "not measured: nginx is not installed" in text


def test_the_markdown_has_a_table_for_a_section(section: Section) -> None:
    """The rows have as many cells as the head."""
    text = as_markdown(Run({"date": "2026-11-01"}, [section]))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert "| tile, ms | 2.00 (1.00–3.00) | 12.0 (10.0–20.0) tipg | 6.00× | met: at least 4.00× |" in rows
    assert {2, 5} == {row.count("|") - 1 for row in rows}
    assert "Not measured: nginx is not installed" in text


def test_the_json_keeps_every_value(section: Section) -> None:
    """So that other statistics can be made of a run later."""
    told = json.loads(as_json(Run({}, [section])))["sections"][0]["findings"][0]
    assert ([1.0, 2.0, 3.0], 6.0, "met") == (told["ours"]["values"], told["ratio"], told["verdict"])


class _Answers(socketserver.StreamRequestHandler):
    """Answers by the path: whole, in chunks, not at all modified, or with a fault."""

    def handle(self) -> None:
        while first := self.rfile.readline():
            while self.rfile.readline().strip():
                pass
            self.wfile.write(_ANSWERS[first.split()[1].decode()])


_ANSWERS = {
    "/whole": b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + b"x" * 300_000,
    "/empty": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "/same": b"HTTP/1.1 304 NOT MODIFIED\r\nETag: x\r\n\r\n",
    "/fault": b"HTTP/1.1 500 NO\r\nContent-Length: 5\r\n\r\nsorry",
}


@pytest.fixture
def port() -> Iterator[int]:
    """A server that gives these answers."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Answers) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("path", "status"), [("/whole", 200), ("/empty", 200), ("/chunks", 200), ("/same", 304)])
def test_the_client_reads_every_form_of_an_answer_wholly(port: int, path: str, status: int) -> None:
    """Each path once over two connections: as many answers as were asked for, and all of their bytes."""
    flow = run_load(Load(port, [path] * 5, connections=2, status=status, once=True))
    assert (5, 5 * len(_ANSWERS[path])) == (flow.requests, flow.received)


def test_an_answer_of_another_kind_ends_the_measurement(port: int) -> None:
    """A fast fault is not a fast answer."""
    with pytest.raises(BenchError, match=r"answered 500, not 200, to /fault: sorry"):
        run_load(Load(port, ["/whole", "/fault"], connections=1))
