# bash completion for needledrop

_needledrop() {
  local current previous command word
  current=${COMP_WORDS[COMP_CWORD]}
  previous=${COMP_WORDS[COMP_CWORD - 1]}
  local commands="add list remove spot identify locate cues sheet scenes recur names import edit compare clearance stats check merge"
  local common="--desk --json --threads --help"

  case $previous in
    --recording-version)
      mapfile -t COMPREPLY < <(compgen -W "original vocal instrumental edit live remix other" -- "$current")
      return
      ;;
    --function)
      mapfile -t COMPREPLY < <(compgen -W "background featured logo bumper trailer other unknown" -- "$current")
      return
      ;;
    --vocal)
      mapfile -t COMPREPLY < <(compgen -W "vocal instrumental mixed unknown" -- "$current")
      return
      ;;
    --perception)
      mapfile -t COMPREPLY < <(compgen -W "unheard heard performed unknown" -- "$current")
      return
      ;;
    --origin)
      mapfile -t COMPREPLY < <(compgen -W "commissioned commercial library unknown" -- "$current")
      return
      ;;
    --from)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --in | --out | --note | --reported | --work | --by) return ;;
    --kind)
      local kinds="recording episode production"
      [[ " ${COMP_WORDS[*]} " == *" names "* ]] && kinds+=" season work release party official localised romanised search"
      mapfile -t COMPREPLY < <(compgen -W "$kinds" -- "$current")
      return
      ;;
    --format)
      local formats="csv csv-wide xlsx pdf json otio edl fcpxml avid vtt audacity chapters ffmetadata ddex"
      [[ " ${COMP_WORDS[*]} " == *" scenes "* ]] && formats="vtt ffmetadata"
      mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$current")
      return
      ;;
    --society)
      mapfile -t COMPREPLY < <(compgen -W "apra komca uk us" -- "$current")
      return
      ;;
    --paper)
      mapfile -t COMPREPLY < <(compgen -W "a4 letter" -- "$current")
      return
      ;;
    --as)
      mapfile -t COMPREPLY < <(compgen -W "works people episodes broadcasts" -- "$current")
      return
      ;;
    --undo | --redo | --share | --comment | --sheet | --map | --tolerance | --licensor | --territory | --media | --to | --uses | --seconds | --reference | --fee) return ;;
    --scenes)
      mapfile -t COMPREPLY < <(compgen -W "off fast exact" -- "$current")
      return
      ;;
    --desk)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return
      ;;
    --subtitles)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -W "none" -f -- "$current")
      return
      ;;
    --subtitles-language | --subtitles-shift) return ;;
    --threads | --production | --album | --episode | --title | --artist | --catalogue | --label | --air-date | --cut | --stream | --part | --frame-rate | --start-timecode | --preparer | --revision | --reason | --incomplete | --search | --language | --limit) return ;;
  esac

  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ " $commands " == *" $word "* ]] && command=$word && break
  done

  local options=$common
  case $command in
    "") options="$common --version" ;;
    add) options+=" --production --album --recording-version" ;;
    remove) options+=" --kind" ;;
    spot)
      options+=" --production --episode --title --air-date --cut --stream --subtitles --subtitles-language"
      options+=" --subtitles-shift --scenes --stale --timings"
      ;;
    identify | locate) options+=" --stream --timings" ;;
    scenes) options+=" --part --shots --stills --format --output" ;;
    cues)
      options+=" --in --out --function --vocal --perception --origin --title --artist --note --reported --work"
      options+=" --cut --season --dry-run --part --from --by"
      ;;
    sheet)
      options+=" --format --output --bom --no-bom --paper --part --frame-rate --start-timecode"
      options+=" --drop-frame --no-drop-frame --society --rolled-up --preparer --cut --revision --by --reason --incomplete"
      ;;
    recur) options+=" --catalogue --label --title --artist --album --production --recording-version" ;;
    names) options+=" --search --kind --language --limit --by" ;;
    import)
      options+=" --as --dry-run --side-by-side --production --sheet --ignore-unknown --by"
      options+=" --episode --map --part --frame-rate --drop-frame --start-timecode"
      ;;
    compare)
      options+=" --map --sheet --frame-rate --drop-frame --start-timecode --tolerance --format --paper --output"
      ;;
    clearance)
      options+=" --licensor --territory --media --from --to --uses --seconds --reference --fee --by"
      ;;
    edit)
      options+=" --history --undo --redo --share --society --organisation --comment --by"
      ;;
    check) options+=" --repair" ;;
    merge) options+=" --all" ;;
  esac

  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
  elif [[ $command == list ]]; then
    mapfile -t COMPREPLY < <(compgen -W "recordings episodes productions" -- "$current")
  elif [[ $command == edit ]]; then
    mapfile -t COMPREPLY < <(compgen -W "production season episode recording work release party \
      show facts set credit code prefer dismiss remove add" -- "$current")
  elif [[ $command != stats && $command != names && $command != check && $command != merge ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}

complete -F _needledrop needledrop
