# What install, build and test share: small steps that say what they do and do nothing twice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m· %s\033[0m\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }

# with_root COMMAND...: as root, or by sudo where there is one.
with_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else return 1; fi
}

# debian PACKAGE...: installs packages of the distribution.
debian() {
    command -v apt-get >/dev/null || die "需要安装 / please install: $*"
    say "安装系统软件包 / installing packages: $*"
    with_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null || true
    with_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        die "无法安装（需要 root 或 sudo） / cannot install (root or sudo needed): $*"
}

# test_browser: a browser for tests; where the distribution has it, the shell without windows.
test_browser() {
    command -v chromium-headless-shell >/dev/null || (debian chromium-headless-shell) ||
        command -v chromium >/dev/null || debian chromium
}

# paper: what makes PDF files, and a Chinese font for them.
paper() {
    .venv/bin/python -c 'import weasyprint' 2>/dev/null ||
        debian libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fc-list 2>/dev/null | grep -qi 'cjk' || debian fontconfig fonts-noto-cjk
}

# changed STAMP FILE...: whether the files differ from what STAMP remembers.
changed() {
    local stamp=$1; shift
    [ ! -f "$stamp" ] || [ "$(digest "$@")" != "$(cat "$stamp")" ]
}
remember() { local stamp=$1; shift; digest "$@" >"$stamp"; }
digest() { cat "$@" | sha256sum | cut -d' ' -f1; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"; return
        fi
    done
    return 1
}

# python_packages LOCK: the virtual environment holds exactly what LOCK names, and the project itself.
python_packages() {
    local lock=$1 python
    if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
        python=$(find_python) || { debian python3 python3-venv; python=$(find_python) || die "需要 Python 3.11+ / Python 3.11+ is needed"; }
        say "创建 Python 环境 / creating the Python environment"
        "$python" -m venv --clear .venv 2>/dev/null || { debian python3-venv; "$python" -m venv --clear .venv; }
    fi
    if changed .venv/.lock "$lock" pyproject.toml; then
        say "安装 Python 依赖 / installing Python packages ($lock)"
        .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
        .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
        remember .venv/.lock "$lock" pyproject.toml
    fi
}

# node_on_path: Node.js of the system when it is new enough, else the one from PyPI.
node_on_path() {
    local major
    major=$(npm --version 2>/dev/null | cut -d. -f1 || true)
    if command -v node >/dev/null && [ "${major:-0}" -ge 11 ] &&
        node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
        return
    fi
    if changed .node/.lock requirements-node.lock; then
        say "安装 Node.js（来自 PyPI） / installing Node.js (from PyPI)"
        .venv/bin/python -m venv --clear .node
        .node/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-node.lock
        remember .node/.lock requirements-node.lock
    fi
    export PATH="$PWD/.node/bin:$PATH"
}

web_packages() {
    if changed web/node_modules/.lock web/package-lock.json; then
        say "安装前端依赖 / installing front-end packages"
        (cd web && npm ci --no-audit --no-fund --loglevel=error)
        remember web/node_modules/.lock web/package-lock.json
    fi
}

# web_build: web/dist from the sources, when one of them has changed.
web_build() {
    local sources=()
    mapfile -t sources < <(find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -path 'web/.*' | sort)
    if changed web/dist/.sources "${sources[@]}"; then
        (node_on_path; web_packages; say "构建前端 / building the front end"; cd web && npm run --silent build)
        remember web/dist/.sources "${sources[@]}"
    fi
}
