# make help lists the targets.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
SHARED      = ../shared
DEV         = stance:$(SHARED)/corpora/stance-news/dev.jsonl
FUZZTIME   ?= 60s
PYTHON     ?= python3
CHAOS       = TestKill$$|TestTerminate|TestStop|TestTwoRuns|TestEveryOpen|TestFullDisk|TestReadOnly
SPARK      ?= 4.3.0 3.5.9
ON_SPARK    = integrations/check/check_spark.py

.PHONY: behaviour bench bench-peers benchmarks build card cases chaos check deploy-check evaluate format fuzz \
	golden help hostile interop model model-check mutate notebook python-check python-venv release \
	report-check spark-check spark-venv test test-long wheels

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

build: ## both programs, static, in bin/
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/...

check: ## all that a change must pass
	@un=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$un" || { echo "gofmt wants: $$un"; exit 1; }
	CGO_ENABLED=0 go build ./...
	go vet ./...
	go vet -tags long ./...
	go run $(STATICCHECK) ./...
	@GOBIN=$(CURDIR)/bin go install $(GOVULNCHECK)
	@bin/govulncheck ./...; code=$$?; \
	if [ $$code = 1 ]; then echo "govulncheck: not checked, its database cannot be reached"; else exit $$code; fi
	go mod tidy -diff
	go test -race ./...

format: ## wrap comments wider than 80 columns and code wider than 100
	go run ./scripts/columns -w

test: ## the tests
	go test ./...

test-long: ## the tests, and the checks that take minutes: memory, other processors, corpora
	go test -tags long -timeout 30m ./...

mutate: ## docs/testing.md: change the code in 240 places and count what the tests notice; takes an hour
	go run ./scripts/mutate -sample 240 -doc docs/testing.md ./features/... ./models/... ./internal/output

bench: ## all benchmarks; compare two outputs with benchstat
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5s $$pkg || exit 1; \
		done; \
	done

golden: ## rewrite the files that tests compare with; look at the diff before committing it
	go test $$(git grep -l '"stance/internal/golden"' -- '*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

model: ## learn the built-in model; needs the corpora of SHARED
	@mkdir -p bin
	go run ./cmd/train --config models/default.yaml --dev $(DEV) --out models/default.bundle --report bin/default.report.json

model-check: ## prove that the built-in model is what make model makes
	@mkdir -p bin
	go run ./cmd/train --config models/default.yaml --dev $(DEV) --out bin/check.bundle
	cmp bin/check.bundle models/default.bundle

evaluate: ## measure the built-in model on stance-news dev
	go run ./cmd/train evaluate --corpus $(DEV)

behaviour: ## docs/behaviour.md: the built-in model on plain sentences; run it after make model
	go run ./cmd/train behave --quiet --doc docs/behaviour.md

card: ## what the commands print, into README.md and docs/model.md; run it after make model
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet pandas pyarrow polars duckdb
	.venv/bin/python scripts/card.py $(DEV)

benchmarks: ## docs/benchmarks.md: public corpora, baselines, learning curve, votes; needs the corpora of SHARED
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet scikit-learn fasttext-wheel
	@mkdir -p bin
	go run ./cmd/train benchmark --config models/default.yaml --shared $(SHARED) --json bin/benchmarks.json
	go run ./cmd/train benchmark --shared $(SHARED) --questions bin/questions
	.venv/bin/python scripts/benchmarks/baselines.py bin/questions bin/baselines.json
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/...
	.venv/bin/python scripts/benchmarks/speed.py bin/classify $(SHARED)/corpora bin/speed.json
	.venv/bin/python scripts/benchmarks/page.py bin/benchmarks.json bin/baselines.json bin/speed.json docs/benchmarks.md

bench-peers: ## docs/performance.md: classify beside fastText, scikit-learn and VADER; about an hour on an idle core
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet -r scripts/bench-peers/requirements.txt
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/...
	.venv/bin/python scripts/bench-peers/run.py bin/classify docs/performance.md

cases: build ## complaints of users of such programs, tried on ours; needs the cases of SHARED
	@if test -d $(SHARED)/cases; then \
		test -d .venv || $(PYTHON) -m venv .venv; \
		.venv/bin/pip install --quiet duckdb && .venv/bin/python scripts/cases.py $(SHARED)/cases bin/classify bin/train; \
	else echo "cases: no $(SHARED)/cases; nothing was tried"; fi

interop: ## what we write opens in pandas, polars, DuckDB and, where Java is, Spark
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet pandas pyarrow polars duckdb
	! command -v java || .venv/bin/pip install --quiet pyspark
	PATH=$(CURDIR)/.venv/bin:$$PATH go test -count=1 -v -run TestReaders ./internal/output
	go run ./cmd/classify --out bin/interop --date 2026-03-29 --quiet
	.venv/bin/python internal/output/testdata/interop.py bin/interop

wheels: ## the Python packages stance and stance-spark with the static binary, for linux amd64 and arm64, in bin/
	test -d .venv-wheels || $(PYTHON) -m venv .venv-wheels
	.venv-wheels/bin/python integrations/wheels.py bin

python-venv: wheels ## what python-check needs from PyPI
	test -d .venv-python || $(PYTHON) -m venv .venv-python
	.venv-python/bin/pip install --quiet pyarrow pandas duckdb 'dask[dataframe]' 'ray[data]'
	.venv-python/bin/pip install --quiet --force-reinstall --no-deps bin/stance-*_$$(uname -m).whl

python-check: python-venv ## the package stance and the examples for Ray, Dask, DuckDB and xargs give the rows of one machine
	.venv-python/bin/python integrations/check/check_python.py

spark-venv: wheels ## what spark-check needs from PyPI
	for v in $(SPARK); do \
		{ test -d .venv-spark-$$v || $(PYTHON) -m venv .venv-spark-$$v; } && \
		.venv-spark-$$v/bin/pip install --quiet "pyspark==$$v" duckdb bin/stance_spark-*_$$(uname -m).whl && \
		.venv-spark-$$v/bin/pip install --quiet --force-reinstall --no-deps bin/stance_spark-*_$$(uname -m).whl \
			|| exit 1; \
	done

spark-check: spark-venv ## Spark gives the rows of one machine, also when workers are killed; needs Java 17
	.venv-spark-$(firstword $(SPARK))/bin/python $(ON_SPARK)
	for v in $(wordlist 2,9,$(SPARK)); do .venv-spark-$$v/bin/python $(ON_SPARK) --articles 0 || exit 1; done

report-check: ## the page of classify report in headless Chromium, where there is one
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet -r scripts/report/requirements.txt
	@mkdir -p bin
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/classify
	.venv/bin/python scripts/report/check.py bin/classify bin/report

notebook: ## notebooks/stance.ipynb and the queries of docs/sql.md run; WRITE=--write keeps the outputs
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet -r scripts/notebook/requirements.txt
	@mkdir -p bin
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/classify
	.venv/bin/python scripts/notebook/run.py bin/classify bin/notebook $(WRITE)

chaos: ## 200 kills, signals, full disks and other faults; docs/reliability.md has the table
	go test ./internal/batch -run '$(CHAOS)' -chaos 200 -v -timeout 60m

hostile: ## 47 hostile files beside 10,000 good articles: memory and answers; HOSTILEFLAGS=--timed holds the times too
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet pyarrow
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/classify
	rm -rf bin/hostile
	$(PYTHON) scripts/hostile/make.py bin/hostile
	.venv/bin/python scripts/hostile/run.py bin/classify bin/hostile $(HOSTILEFLAGS)

release: ## bin/release: both programs for every system, with checksums and a bill of materials
	scripts/release.sh bin/release

deploy-check: build ## the files of deploy/ are sound, and their commands publish what a plain run does
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet pyyaml kubernetes-validate setuptools
	.venv/bin/python deploy/check.py bin
