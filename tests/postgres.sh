#!/bin/sh
# Run a command with DATABASE_URL naming a PostgreSQL server of its own: made in a temporary folder on a free port of
# 127.0.0.1, and gone when the command is done.
#
#     sh tests/postgres.sh .venv/bin/python -m pytest
set -eu

binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$binaries" ]; then
    binaries=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
fi
if [ ! -x "$binaries/initdb" ]; then
    echo "No PostgreSQL server is installed; on Debian: apt-get install postgresql" >&2
    exit 1
fi

folder=$(mktemp -d)
# PostgreSQL refuses to run as root; any other user will do.
as_owner=
if [ "$(id -u)" = 0 ]; then
    owner=nobody
    id postgres >/dev/null 2>&1 && owner=postgres
    chown "$owner" "$folder"
    as_owner="runuser -u $owner --"
fi

finish() {
    status=$?
    trap - EXIT
    [ -f "$folder/data/postmaster.pid" ] && (cd "$folder" && $as_owner "$binaries/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null)
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(
    cd "$folder"
    $as_owner "$binaries/initdb" -D "$folder/data" -U newsroom --auth=trust --encoding=UTF8 --no-locale >"$folder/log" 2>&1 ||
        { cat "$folder/log" >&2; exit 1; }
    # Nothing here outlives the run, so nothing has to be safe on the disk, and emptied tables need no vacuum. What the
    # site itself asks for, and a test looks for, stays.
    quick="-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=4GB"
    $as_owner "$binaries/pg_ctl" -D "$folder/data" -w -l "$folder/data/server.log" \
        -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder $quick" start >/dev/null ||
        { cat "$folder/data/server.log" >&2; exit 1; }
    $as_owner "$binaries/createdb" -h 127.0.0.1 -p "$port" -U newsroom newsroom
)

DATABASE_URL="postgresql://newsroom@127.0.0.1:$port/newsroom" "$@"
