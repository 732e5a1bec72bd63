# The front door. `make help` lists what there is.

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
# `make test BOOTSTRAP=true` where the packages come from elsewhere than Debian.
BOOTSTRAP ?= tools/bootstrap

export DESTDIR
export NEEDLEDROP_LOGS = $(BUILD)/log
export PYTHONDONTWRITEBYTECODE = 1

step = tools/step
configure = [ $(BUILD)/build.ninja -nt CMakePresets.json ] || \
	$(step) "configure the build" cmake --preset release -B $(BUILD)
build = $(step) "build the program" cmake --build $(BUILD) --target needledrop
build_all = $(step) "build the program and the tests" cmake --build $(BUILD)
summary = '^[0-9]+% tests passed|tests failed out of|^No tests were found'
jobs := $(shell nproc 2>/dev/null || echo 1)

.DEFAULT_GOAL := program
.PHONY: program test test-long demo eval bench bench-scale lint format install clean help

program: ## build the program: build/needledrop
	@$(BOOTSTRAP) --check
	@$(configure)
	@$(build)

test: ## install what is missing, build, and run all tests but the long ones
	@$(BOOTSTRAP)
	@$(configure)
	@$(build_all)
	@$(step) --show $(summary) "run the tests" \
		ctest --test-dir $(BUILD) -LE long -j $(jobs) --output-on-failure --no-tests=error

test-long: ## all tests, all of them under both sanitizers too, and lint over every file
	@$(BOOTSTRAP) --lint
	@$(configure)
	@$(build_all)
	@$(step) --show $(summary) "run all tests" \
		ctest --test-dir $(BUILD) -j $(jobs) --output-on-failure --no-tests=error
	@for preset in asan-ubsan tsan; do \
		$(step) "configure $$preset" cmake --preset $$preset -B $(BUILD)-$${preset%%-*} && \
		$(step) "build $$preset" cmake --build $(BUILD)-$${preset%%-*} && \
		$(step) --show $(summary) "run the unit tests under $$preset" \
			ctest --test-dir $(BUILD)-$${preset%%-*} -L unit -j $(jobs) --output-on-failure \
			--no-tests=error || exit 1; \
	done
	@$(step) --live "lint" tools/lint --build $(BUILD)

demo: ## install what is missing, build, and spot an episode made from real music
	@$(BOOTSTRAP) --archive
	@$(configure)
	@$(build)
	@$(step) --live "demo" tools/demo $(BUILD)/needledrop

eval: ## measure accuracy and cost; writes docs/accuracy.md
	@$(BOOTSTRAP) --archive
	@$(configure)
	@$(step) "build the program and what it is compared with" \
		cmake --build $(BUILD) --target needledrop chromaprint_matcher pad_desk ablation
	@$(step) --live "evaluation" eval/run.py --program $(BUILD)/needledrop --work $(BUILD)/eval --padded 5000

bench: ## measure speed; writes docs/performance.md
	@$(BOOTSTRAP) --archive
	@$(configure)
	@$(build_all)
	@$(step) --live "benchmarks" bench/run $(BUILD)

bench-scale: ## measure catalogues of up to 100,000 recordings: 40 minutes, 25 GB of disk
	@$(BOOTSTRAP) --archive
	@$(configure)
	@$(build_all)
	@$(step) --live "large catalogues" bench/run --scale $(BUILD)

lint: ## formatting, shell and Python scripts, manual page, sizes, clang-tidy
	@$(BOOTSTRAP) --lint
	@$(configure)
	@$(build_all)
	@$(step) --live "lint" tools/lint --build $(BUILD)

format: ## rewrite the C++ files with clang-format
	@tools/lint --format

install: program ## install under PREFIX (/usr/local), inside DESTDIR
	@$(step) "install under $(DESTDIR)$(PREFIX)" cmake --install $(BUILD) --prefix $(abspath $(PREFIX)) --strip

clean: ## remove everything that was built
	rm -rf $(BUILD) $(BUILD)-debug $(BUILD)-asan $(BUILD)-tsan $(BUILD)-fuzz

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F '|' '{printf "%-15s %s\n", $$1, $$2}'
