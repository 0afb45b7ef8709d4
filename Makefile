types:
	.venv/bin/python -m signaling.typescript > web/src/types/wire.ts
