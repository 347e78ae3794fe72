#!/usr/bin/env bash
# Runs parts of the bench at an older revision and here, in turn, and prints each figure of both: called by
# `scripts/bench compare REV [PART…]`. The older one is built in a worktree of its own in a temporary folder, and each
# side runs its own bench; so a figure is compared that both have.
set -eu
size=()
if [ "${1:-}" = --smallest ]; then
  size=(--smallest)
  shift
fi
rounds=2
fail() { # message, exit code
  echo "error: $1" >&2
  exit "${2:-1}"
}
revision=${1:-}
[ -n "$revision" ] || fail "give a revision, such as: scripts/bench compare HEAD~1 start" 2
commit=$(git rev-parse --verify --quiet "$revision^{commit}") || fail "there is no revision $revision" 2
shift
if [ $# -eq 0 ]; then
  mapfile -t all < <(cd scripts/bench.d && ls | grep -v '\.')
  set -- "${all[@]}"
fi
for part in "$@"; do [ -x "scripts/bench.d/$part" ] || fail "there is no part $part" 2; done

work=$(mktemp -d)
older=$work/tree here=$PWD
running=
clean() {
  if [ -n "$running" ]; then kill "$running" 2>/dev/null && wait "$running" || true; fi
  git worktree remove --force "$older" 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
git worktree add --quiet --detach "$older" "$commit"

build() { # folder
  scripts/build-in "$1" &
  running=$!
  wait "$running" || exit 1
  running=
}

# One line for each number of the last line of a part: its name, and the number.
figures() {
  awk '/^\{"part":/ { json = $0 }
    END {
      while (json != "") {
        if (match(json, /^"[^"]*":/)) key[depth] = substr(json, 2, RLENGTH - 3)
        else if (match(json, /^[{[]/)) { depth++; isList[depth] = json ~ /^\[/; key[depth] = 1 }
        else if (match(json, /^[]}]/)) depth--
        else if (match(json, /^,/)) key[depth] += isList[depth]
        else {
          match(json, /^("[^"]*"|[^],}]+)/)
          name = key[1]
          for (level = 2; level <= depth; level++) name = name "." key[level]
          if (json ~ /^-?[0-9]/) print name, substr(json, 1, RLENGTH)
        }
        json = substr(json, RLENGTH + 1)
      }
    }'
}

run() { # part, side, folder
  echo "$1: $2" >&2
  (cd "$3" && exec scripts/bench ${size[@]+"${size[@]}"} "$1") >"$work/out" &
  running=$!
  wait "$running" || fail "the part $1 failed in $3"
  running=
  figures <"$work/out" >>"$work/$1.$2"
}

build "$older"
build "$here"
for part in "$@"; do
  if [ ! -x "$older/scripts/bench.d/$part" ]; then
    echo "note: $revision has no part $part" >&2
    continue
  fi
  for ((round = 0; round < rounds; round++)); do
    run "$part" older "$older"
    run "$part" here "$here"
  done
  printf '%-40s %12s %12s %8s\n' "$part: mean of $rounds, in turn" "$(git rev-parse --short "$commit")" here ratio
  awk -v first="$work/$part.older" '
    FILENAME == first { then[$1] += $2; of[$1]++; next }
    !($1 in now) { order[++count] = $1 }
    { now[$1] += $2; runs[$1]++ }
    END {
      for (at = 1; at <= count; at++) {
        name = order[at]
        if (!(name in then)) continue
        a = then[name] / of[name]; b = now[name] / runs[name]
        printf "%-40s %12.2f %12.2f %8s\n", name, a, b, a == 0 ? "-" : sprintf("%.2f", b / a)
      }
    }' "$work/$part.older" "$work/$part.here"
  echo
done
