"""Processes that are started beside the web server while it forks."""

import subprocess
import sys

_SCRIPT = """
import os, threading, time
from geoapp.cli.beside import end_beside, start_beside
took = []
def start():
    for _ in range(60):
        began = time.monotonic()
        process = start_beside("", "--version")
        took.append(time.monotonic() - began)
        end_beside(process, 5)
thread = threading.Thread(target=start)
thread.start()
children = []
while thread.is_alive() and len(children) < 400:
    child = os.fork()
    if not child:
        time.sleep(4)
        os._exit(0)
    children.append(child)
    time.sleep(0.001)
thread.join()
for child in children:
    os.kill(child, 9)
    os.waitpid(child, 0)
print(max(took))
"""


def test_a_start_does_not_wait_for_what_is_forked_meanwhile() -> None:
    """However often the server forks, a process beside it is started at once, not when that fork ends."""
    done = subprocess.run([sys.executable, "-c", _SCRIPT], check=True, capture_output=True, text=True, timeout=120)
    assert float(done.stdout) < 3
