# What the parts of scripts/bench share; sourced from the project's folder. A server and a home of their own,
# with default durability, that go when the part ends. Nothing is waited for without a bound.
set -o pipefail
for tool in psql pgbench timeout; do
  command -v "$tool" >/dev/null || {
    echo "error: $tool is missing; on Debian install postgresql" >&2
    exit 8
  }
done

unset OPD_DB_URL OPD_DB_USER OPD_DB_PASSWORD OPD_FACILITY OPD_OUTPUT OPD_ACTOR
url= # the server's, once a facility has been made
# Parts in their smallest size, one after the other, share a server.
OPD_HOME=${OPD_BENCH_HOME:-$(mktemp -d)}
export OPD_HOME OPD_TIMEOUT=60
work=$(mktemp -d)
export XDG_CONFIG_HOME=$work # whatever this machine is set up for
# Processes in the background, which end with the part.
children=()
end_part() {
  if [ ${#children[@]} -gt 0 ]; then kill "${children[@]}" 2>/dev/null || true; fi
  rm -rf "$work"
  [ -z "${OPD_BENCH_HOME:-}" ] || return 0
  timeout -k 5 60 scripts/opd db stop >/dev/null 2>&1 || true
  rm -rf "$OPD_HOME"
}
trap end_part EXIT

fail() {
  echo "error: $1" >&2
  exit 1
}
# Ends what takes longer than a size that somebody chose can need, and says what it was.
patience=900
within() { # seconds, what, command…
  local bound=$1 what=$2 code=0
  shift 2
  timeout --foreground -k 5 "$bound" "$@" || code=$?
  if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then fail "$what did not end within $bound s"; fi
  return "$code"
}
# Waits for the end of a process in the background.
await_end() { # its id, seconds, what it is
  local deadline=$((SECONDS + $2))
  while kill -0 "$1" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || fail "$3 did not end within $2 s"
    sleep 0.05
  done
  wait "$1"
}
# The smallest size of a part in place of its usual one.
size() { # usual, smallest
  if [ -n "${OPD_BENCH_SMALLEST:-}" ]; then echo "$2"; else echo "$1"; fi
}

opd() { within "$patience" "opd $*" scripts/opd "$@"; }
psql() { within "$patience" "a statement in psql" psql "$@"; }
seconds() { date +%s.%N; }
rate() { awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%.0f", n / (b - a) }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
# SQL as the owner in a facility's schema.
sql() { # facility, psql's arguments
  local facility=$1
  shift
  PGOPTIONS="-c search_path=opd_$facility,pg_temp" psql -qXAt -v ON_ERROR_STOP=1 "$url" "$@"
}
machine() {
  echo "$(date -u +%F), $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)," \
    "PostgreSQL $(psql -qXAt "$url" -c 'show server_version'), JDK $(opd_jdk)"
}
opd_jdk() { sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$(ls -d /usr/lib/jvm/*25* | head -n 1)/release"; }

desk_load() { bench_java opd.bench.DeskLoad "$@"; } # part and its arguments
# Compiled by scripts/bench.
bench_java() { # class and its arguments
  within "$patience" "$1" \
    "$(ls -d "${JAVA_HOME:-/none}"/bin/java /usr/lib/jvm/*25*/bin/java 2>/dev/null | tail -n 1)" -XX:+UseSerialGC \
    -Xmx256m -cp "target/test-classes:target/classes:$(cat target/test-classpath)" "$@"
}

# A facility with SLOTS slots of CAPACITY places on a far-off day, ten for each doctor, and PATIENTS patients,
# who have all been given a place on another day: by the program itself, through the console and a list.
facility() { # name slots capacity patients
  awk -v patients="$4" 'BEGIN {
    print "slot,phone,name,priority,source"
    for (p = 0; p < patients; p++) {
      s = int(p / 500)
      printf "WARM-203502%02d-%02d00,+9198%08d,Patient %d,paid,app\n", 1 + int(s / 10), 8 + s % 10, p, p
    } }' >"$work/patients.csv"
  awk -v slots="$2" -v capacity="$3" -v patients="$4" -v list="$work/patients.csv" 'BEGIN {
    print "db migrate"
    for (d = 0; d * 10 < slots; d++) {
      printf "doctor add D%d --name \"Doctor %d\"\n", d, d
      hours = slots - d * 10 < 10 ? slots - d * 10 : 10
      printf "slot open --doctor D%d --start 2035-01-01T08:00 --minutes 60 --every 60", d
      printf " --until 2035-01-01T%02d:00 --capacity %d\n", 8 + hours, capacity
    }
    print "doctor add WARM --name \"Doctor Warm\""
    for (s = 0; s * 500 < patients; s++) {
      printf "slot open --doctor WARM --start 2035-02-%02dT%02d:00 --minutes 60 --capacity 500\n", \
        1 + int(s / 10), 8 + s % 10
    }
    printf "allocate --from \"%s\"\n", list
  }' | opd --facility "$1" console --stop-on-error >/dev/null
  : "${url:=$(opd db url)}"
  psql -qX "$url" -c 'vacuum analyze' -c checkpoint
}

# One allocation in plain SQL on the same guarded schema: what is asked before (was it decided, who is it, which places
# of about that time does the patient hold), the slot's lock, its queue, then a token or a refusal with the same facts,
# and the stored outcome. For pgbench and psql, with the variables
# client_id, s (the slot's id), p (the patient's) and r (the request's).
allocation_sql() {
  cat <<SQL
BEGIN;
SELECT outcome FROM request WHERE id = 'pgb-' || :client_id::text || '-' || :r::text;
SELECT id FROM patient WHERE id = :p;
SELECT t.sequence_number, s.label, s.starts_at, s.ends_at FROM token t JOIN slot s ON s.id = t.slot_id
  WHERE t.patient_id = :p AND t.status = 'ACTIVE' AND s.starts_at < '2035-01-02T23:00Z' AND s.ends_at > '2034-12-31T17:00Z';
SELECT id FROM slot WHERE id = :s FOR NO KEY UPDATE;
SELECT t.id, t.sequence_number, t.patient_id, t.priority, c.active, c.capacity FROM slot_count c
  LEFT JOIN token t ON t.slot_id = c.slot_id AND t.status = 'ACTIVE' WHERE c.slot_id = :s;
WITH placed AS (
  INSERT INTO token (slot_id, patient_id, priority, source)
    SELECT slot_id, :p, 'FOLLOW_UP', 'ONLINE' FROM slot_count
     WHERE slot_id = :s AND active < capacity
       AND NOT EXISTS (SELECT FROM token WHERE slot_id = :s AND patient_id = :p AND status = 'ACTIVE')
  RETURNING id)
SELECT coalesce(max(id), 0) AS t, count(*) > 0 AS placed FROM placed \gset
INSERT INTO request (id, digest, kind, outcome) VALUES ('pgb-' || :client_id::text || '-' || :r::text, sha256('x'), 'ADMITTED', '{"outcome":"ADMITTED","token":{"id":1234567,"label":"D1-20350101-0800-01","slot":"D1-20350101-0800","doctor":"D1","patientId":123,"priority":"PAID","source":"ONLINE","sequence":1,"status":"ACTIVE","position":1,"expectedAt":"2035-01-01T08:00:00Z","createdAt":"2034-01-01T08:00:00Z"},"rule":1,"facts":{"capacity":100,"active":10},"warnings":[]}');
\if :placed
INSERT INTO audit_entry (kind, actor, request_id, slot_id, token_id, patient_id, rule, facts) VALUES
  ('TOKEN_ALLOCATED', 'bench', 'pgb-' || :client_id::text || '-' || :r::text, :s, :t, :p, 1,
   '{"priority":"FOLLOW_UP","source":"ONLINE","capacity":100,"active":10}');
\else
INSERT INTO audit_entry (kind, actor, request_id, slot_id, patient_id, rule, facts) SELECT
  'ALLOCATION_REJECTED', 'bench', 'pgb-' || :client_id::text || '-' || :r::text, :s, :p, 1,
  json_build_object('code', 'SLOT_FULL', 'slotStatus', 'SCHEDULED', 'priority', 'FOLLOW_UP', 'source', 'ONLINE',
    'capacity', max(c.capacity), 'active', count(*), 'candidates',
    json_agg(json_build_object('sequence', t.sequence_number, 'priority', t.priority)
      ORDER BY t.priority_rank, t.sequence_number DESC))
  FROM slot_count c JOIN token t ON t.slot_id = c.slot_id AND t.status = 'ACTIVE' WHERE c.slot_id = :s;
\endif
COMMIT;
SQL
}

run_pgbench() { # facility first-slot slots patients clients seconds [mode] -> transactions per second
  {
    printf '\\set %s random(%d, %d)\n' s $(($2 + 1)) $(($2 + $3)) p 1 "$4" r 1 900000000000000000
    allocation_sql
  } >"$work/script.sql"
  PGOPTIONS="-c search_path=opd_$1,pg_temp" within $(($6 + 120)) pgbench pgbench -n -M "${7:-prepared}" \
    -f "$work/script.sql" -c "$5" -j 2 -T "$6" "$url" >"$work/pgbench.out" 2>"$work/pgbench.err" ||
    { cat "$work/pgbench.err" >&2; fail "pgbench ended early"; }
  awk '/^tps/ { printf "%.0f", $3 }' "$work/pgbench.out"
}
