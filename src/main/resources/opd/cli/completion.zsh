#compdef opd
# Completion of opd in zsh. Written by: opd completion zsh
# Doctors, today's slots and tokens come from a file in the cache folder. No Java is started for a TAB: when
# the file is a minute old it is written anew behind your back, and the next TAB has it.

zmodload zsh/datetime

@TABLE@

# Writes the file anew: program, file, and the options that choose the hospital.
__opd_refresh() (
  program=$1 file=$2
  shift 2
  umask 077
  mkdir -p "${file:h}" || exit
  fresh=$file.$RANDOM$RANDOM
  { print "time $EPOCHSECONDS"; "$program" completion values --timeout 5 "$@" } \
    >|"$fresh" 2>/dev/null </dev/null
  mv -f "$fresh" "$file"
)

# Reads the values of a kind, each with what it is, into the array values.
__opd_live() {
  local kind=$1 program=$2 facility=$3 file first value rest
  local -a choice=()
  if [[ -n $facility ]]; then choice=(--facility "$facility"); fi
  local name=${facility:-${OPD_FACILITY:-}}
  file=${XDG_CACHE_HOME:-$HOME/.cache}/opd/completion-${name//[^a-z0-9_]/}
  if [[ ! -r $file ]]; then
    __opd_refresh "$program" "$file" "${choice[@]}"
  fi
  values=()
  [[ -r $file ]] || return
  while read -r first value rest; do
    if [[ $first == time ]]; then
      if ((EPOCHSECONDS - value > 60)); then
        (__opd_refresh "$program" "$file" "${choice[@]}" &) >/dev/null 2>&1
      fi
    elif [[ $first == "$kind" ]]; then
      values+=("$value:$rest")
    fi
  done <"$file"
}

_opd() {
  local commands options valued argument facility='' kind='' word last='' path_so_far='' index
  local current=${words[CURRENT]} previous=${words[CURRENT - 1]}
  local -a values=()
  __opd_table ''
  for ((index = 2; index < CURRENT; index++)); do
    word=${words[index]}
    if [[ -n $last ]]; then
      if [[ $last == --facility ]]; then facility=$word; fi
      last=
    elif [[ $word == -* ]]; then
      if [[ " $valued" == *" $word="* ]]; then last=$word; fi
    elif [[ " $commands " == *" $word "* ]]; then
      path_so_far=${path_so_far:+$path_so_far }$word
      __opd_table "$path_so_far"
    fi
  done
  if [[ $previous == -* && " $valued" == *" $previous="* ]]; then
    kind=" $valued "
    kind=${kind#*" $previous="}
    kind=${kind%% *}
  elif [[ $current == -* ]]; then
    compadd -- ${(s: :)options}
    return
  elif [[ -n $commands ]]; then
    compadd -- ${(s: :)commands}
    return
  else
    kind=$argument
  fi
  case $kind in
    '') ;;
    file) _files ;;
    doctor | slot | token)
      __opd_live "$kind" "${words[1]}" "$facility"
      _describe -t "$kind" "$kind" values -M 'm:{a-z}={A-Z}'
      ;;
    *) compadd -- ${(s:,:)kind} ;;
  esac
}

if [[ $funcstack[1] == _opd ]]; then
  _opd "$@"
else
  compdef _opd opd
fi
