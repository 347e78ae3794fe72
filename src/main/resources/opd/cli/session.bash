# Makes opd a function of this shell, which gives its commands to one program beside it. Written by: opd session bash
if ((BASH_VERSINFO[0] < 5)) || ! hash flock 2>/dev/null; then
  echo "warning: 'opd session bash' needs bash 5 and flock; each opd goes on being a process of its own" >&2
else

# Starts the program, which ends when the last shell has ended that can write to it.
__opd_start() {
  local from to err
  __opd_shell=$BASHPID __opd_pid='' __opd_to='' __opd_from=''
  __opd_password_file=${PGPASSFILE-}
  exec {err}>&2
  # Nothing is said of a job here or at its end, and Ctrl-C is for the command that the shell waits for.
  {
    coproc __opd_program {
      trap '' INT QUIT
      cd / && exec @PROGRAM@ session serve 2>&"$err" {err}>&-
    }
  } 2>/dev/null
  exec {err}>&-
  from=${__opd_program[0]:-} to=${__opd_program[1]:-}
  if [[ -z $from || -z $to ]]; then return 0; fi
  __opd_pid=$__opd_program_PID
  # The shell's own would be closed in $(...), and these are closed in other programs.
  exec {__opd_to}>&"$to" {__opd_from}<&"$from" {to}>&- {from}<&-
  disown "$__opd_pid" 2>/dev/null || true
}

function opd {
  { local -; set +x; } 2>/dev/null
  local __opd_code=200
  # Once it was ended by somebody, its pipes lead nowhere.
  if [[ ${__opd_shell:-} == "$BASHPID" ]] && ! kill -0 "$__opd_pid" 2>/dev/null; then
    if [[ -n $__opd_to ]]; then exec {__opd_to}>&- {__opd_from}<&-; fi
    __opd_start
  fi
  if [[ -n ${__opd_to:-} && -p /dev/fd/$__opd_to && -p /dev/fd/$__opd_from ]]; then
    __opd_code=0
    __opd_ask "$@" || __opd_code=$?
  fi
  # No exit code of opd: nothing has happened, and the command needs a process of its own.
  if [[ $__opd_code == 200 ]]; then
    __opd_code=0
    command @PROGRAM@ "$@" || __opd_code=$?
  fi
  return "$__opd_code"
}

# Gives the command to the program, and prints what that answers. The lock is the pipe, opened once more.
__opd_ask() (
  { set +eux; trap - DEBUG ERR; trap '' PIPE; } 2>/dev/null
  # What is closed the launcher replaces; and the driver reads this variable for itself.
  if [[ ! -e /dev/fd/0 || ! -e /dev/fd/1 || ! -e /dev/fd/2 || ${PGPASSFILE-} != "$__opd_password_file" ]]; then
    exit 200
  fi
  asks=no columns=0 error_columns=0
  if [[ -t 1 || -t 2 ]]; then
    shopt -s checkwinsize
    (:) # makes bash ask the terminal for its size
    if [[ -t 1 ]]; then columns=${COLUMNS:-80}; fi
    if [[ -t 2 ]]; then error_columns=${COLUMNS:-80}; fi
    if [[ -t 1 && -t 0 ]]; then asks=yes; fi
  fi
  # Lengths count bytes.
  LC_ALL=C
  IFS=' '
  variables=()
  for name in "${!OPD_@}" @VARIABLES@; do
    if [[ ${!name@a} == *x* ]]; then variables+=("$name=${!name}"); fi
  done
  id=$BASHPID-${EPOCHREALTIME/[.,]/}-$RANDOM
  one='\' two='\\' line=
  for field in "$id" "$columns" "$error_columns" "$asks" "${#variables[@]}" "${variables[@]}" "$@"; do
    field=${field//"$one"/"$two"}
    field=${field//$'\t'/"${one}t"}
    field=${field//$'\n'/"${one}n"}
    field=${field//$'\r'/"${one}r"}
    line+=$field$'\t'
  done
  # More might not fit into the pipe. And whoever was stopped while it had its turn keeps nobody waiting for good.
  if ((${#line} > 30000)) || ! flock -w 60 9; then exit 200; fi
  printf '\n%s%s\n' "$line" "$id" >&"$__opd_to"

  kinds=() texts=() request='' stored='' code=
  while [[ -z $code ]] && IFS= read -ru "$__opd_from" head; do
    # Anything else is what is left of an answer that nobody waited for.
    if [[ $head != "$id "* ]]; then continue; fi
    head=${head#"$id "}
    kind=${head%% *} value=${head#* }
    case $kind in
      out | err)
        IFS= read -rN "$value" -u "$__opd_from" text
        kinds+=("$kind")
        texts+=("$text")
        ;;
      request) request=$value ;;
      process) code=200 ;;
      exit) code=${value%% *} stored=${value#* } ;;
    esac
  done
  exec 9>&-
  lost() { printf '%s\0' "$@" | command @PROGRAM@ session lost; }
  if [[ -z $code && -n $request ]]; then
    lost "$request" '' "$@"
    exit
  fi
  # The program has ended without having begun a change.
  if [[ ${code:-200} == 200 ]]; then exit 200; fi

  for index in "${!kinds[@]}"; do
    if [[ ${kinds[index]} == err ]]; then
      printf %s "${texts[index]}" >&2 2>/dev/null
    elif ! printf %s "${texts[index]}" 2>/dev/null; then
      if [[ -n $stored || ! -p /dev/fd/1 ]]; then
        exec 3>&1
        reason=$({ printf '\n' >&3; } 2>&1)
        lost "$stored" "${reason##*: }" "$@"
        code=$?
      fi
      break
    fi
  done
  exit "$code"
) 9<>"/dev/fd/$__opd_to"

if [[ -n ${__opd_to:-} && ${__opd_shell:-} == "$BASHPID" ]]; then exec {__opd_to}>&- {__opd_from}<&-; fi
__opd_start

fi
