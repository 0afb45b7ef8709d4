# Stage 1 builds the front end and the Python environment; stage 2 is what runs, without compilers or Node.js.
FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/huishang
COPY . .
RUN bash -c '. scripts/lib.sh && python_packages requirements.lock && web_build' && rm -rf .node web/node_modules

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
        python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/huishang --create-home huishang
COPY --from=build /opt/huishang /opt/huishang
USER huishang
WORKDIR /var/lib/huishang
VOLUME /var/lib/huishang
EXPOSE 8080/tcp 8081/udp 8081/tcp
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python3", "-c", \
    "import ssl, urllib.request as r; r.urlopen('https://127.0.0.1:8080/healthz', context=ssl._create_unverified_context(), timeout=4)"]
ENTRYPOINT ["/opt/huishang/.venv/bin/huishang", "serve", "--data", "/var/lib/huishang", "--listen", "0.0.0.0:8080", "--media", "0.0.0.0:8081"]
