# The doors. All of them set up what is missing first; see tools/bootstrap.py.
PYTHON ?= python3

.PHONY: run test check bench assets wheel lock clean

run:     ## set up, start the database, serve on http://127.0.0.1:8000
	@$(PYTHON) tools/bootstrap.py run

test:    ## all tests: pure, on a real PostGIS, in a real Chromium
	@$(PYTHON) tools/bootstrap.py test

check:   ## format, lint, strict types, import directions
	@$(PYTHON) tools/bootstrap.py check

bench:   ## ratios against peers
	@$(PYTHON) tools/bootstrap.py bench

assets:  ## browser assets and compiled translations only
	@$(PYTHON) tools/bootstrap.py assets

wheel:   ## dist/geoapp-*.whl
	@$(PYTHON) tools/bootstrap.py wheel

lock:    ## lock the newest versions that requirements/*.in and package.json allow
	@$(PYTHON) -m tools.lock

clean:   ## what was built and installed; never the data in var/
	@rm -rf .venv node_modules dist geoapp/web/static/vendor .mypy_cache .ruff_cache .hypothesis
	@find geoapp tests tools -name __pycache__ -prune -exec rm -rf {} +
