.PHONY: run test types bench lock clean

run:    ## install what is missing, build the front end, start the hub with demo data
	@scripts/run

test:   ## every check there is
	@scripts/test

types:  ## web/src/types/*.ts and docs/protocol.md from signaling/vocabulary.py and hub/domain/kinds.py
	.venv/bin/python -m signaling.typescript web/src/types
	.venv/bin/python -m signaling.kinds > web/src/types/kinds.ts
	.venv/bin/python -m signaling.protocol > docs/protocol.md

bench:  ## side-by-side benchmarks; figures go to bench/RESULTS.md
	@scripts/bench $(NAME)

lock:   ## pin all Python packages again
	scripts/lock

clean:  ## everything that `make run` made, but not the data in var/
	rm -rf .venv .node web/node_modules web/dist
