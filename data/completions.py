#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the completions for a shell out of what the program's own --help says.

    completions.py ./keyguide bash|zsh|fish

So they name what there is, and the options of each command alone. The languages
and the presets are those of po/LINGUAS and data/presets.json. As for the program
itself the command is the first word that is neither an option nor its value.
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = "before open start name permissions create copy"
VERBS = {"plan": "check show from"}
FILES = ("PLAN", "FILE")   # what --help calls a value or an argument that may be a file


def languages():
    with open(os.path.join(HERE, "../po/LINGUAS"), encoding="utf-8") as file:
        return " ".join(["en", *(line.strip() for line in file if not line.startswith("#") and line.strip())])


def vaults():
    with open(os.path.join(HERE, "vaults.json"), encoding="utf-8") as file:
        return " ".join(vault["id"] for vault in json.load(file)["vaults"])


def presets():
    with open(os.path.join(HERE, "presets.json"), encoding="utf-8") as file:
        return " ".join(preset["id"] for preset in json.load(file)["presets"])


def help_of(program, *words):
    around = {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}
    return subprocess.run([program, *words, "--help"], check=True, capture_output=True, text=True, env=around,
                          encoding="utf-8").stdout


def options_of(text):
    """[(name, what its value is called or "", about)]"""
    return [(name, value.strip(), about) for name, value, about in
            re.findall(r"^  --([a-z-]+)( [A-Z]+)? +(.+)$", text, re.M)]


def read(program):
    """The wizard's options; [(command, its arguments, about, its options)]"""
    first = help_of(program)
    commands = re.findall(r"^  keyguide ([a-z]+)(.*)\n +(.+)$", first, re.M)
    return options_of(first), [(name, arguments, about, options_of(help_of(program, name)))
                               for name, arguments, about in commands]


def takes_file(command, arguments):
    return command not in VERBS and any(word in FILES for word in arguments.split())


def becomes_other(commands):
    return [name for name, arguments, _, _ in commands if " -- " in arguments]


def with_value(wizard, commands):
    """Every option that has a value: {name: what it is called}"""
    return {name: value for options in [wizard, *(row[3] for row in commands)] for name, value, _ in options if value}


def words(options):
    return " ".join(f"--{name}" for name, _, _ in options)


def either(names):
    return " | ".join(names)


def bash(wizard, commands):
    values = with_value(wizard, commands)
    names = " ".join(row[0] for row in commands)
    cases = "\n".join(f"\t{name}) options='{words(options)}'{' files=yes' if takes_file(name, arguments) else ''} ;;"
                      for name, arguments, _, options in commands)
    return f"""# bash completion for keyguide; made by data/completions.py from --help
_keyguide_words() {{ mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }}

_keyguide_files()
{{
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}}

# What is completed behind the --, whose place is $1, is the other command.
_keyguide_other()
{{
	if declare -F _comp_command_offset >/dev/null; then
		_comp_command_offset $(($1 + 1))
	elif declare -F _command_offset >/dev/null; then
		_command_offset $(($1 + 1))
	elif ((COMP_CWORD == $1 + 1)); then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -c -- "$2")
	else
		_keyguide_files "$2"
	fi
}}

_keyguide()
{{
	local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command='' verb='' offered='' files='' i
	local options='{words(wizard)}'
	local -a given=()

	# --lang=de is three words to bash
	[[ $word != = ]] || word=''
	[[ $before != = ]] || before=${{COMP_WORDS[COMP_CWORD - 2]}}
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${{COMP_WORDS[i]}} in
		--)
			case ${{given[0]-}} in
			{either(becomes_other(commands))}) _keyguide_other "$i" "$word"; return ;;
			esac ;;
		{either("--" + name for name in values)})
			[[ ${{COMP_WORDS[i + 1]}} != = ]] || ((i++))
			((i++)) ;;
		-* | =) ;;
		*) given+=("${{COMP_WORDS[i]}}") ;;
		esac
	done
	case $before in
	--from) _keyguide_words '{STEPS}' "$word"; return ;;
	--lang) _keyguide_words '{languages()}' "$word"; return ;;
	--to) _keyguide_words '{vaults()}' "$word"; return ;;
	{either("--" + name for name, value in values.items() if value in FILES)}) _keyguide_files "$word"; return ;;
	{either("--" + name for name, value in values.items() if value not in FILES and name not in ("from", "lang", "to"))}) return ;;
	esac
	command=${{given[0]-}} verb=${{given[1]-}}
	case $command in
	'') offered='{names}' files=yes ;;
{cases}
	esac
	case $command/$verb in
	plan/) offered='{VERBS["plan"]}' ;;
	plan/from) offered='{presets()}' ;;
	plan/*) files=yes ;;
	esac
	case $word in
	-*) _keyguide_words "$options" "$word" ;;
	*)
		[[ -z $files ]] || _keyguide_files "$word"
		mapfile -t -O ${{#COMPREPLY[@]}} COMPREPLY < <(compgen -W "$offered" -- "$word") ;;
	esac
}}
complete -F _keyguide keyguide
"""


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh_value(name, value):
    if not value:
        return ""
    offered = {"from": f"({STEPS})", "lang": f"({languages()})", "to": f"({vaults()})"}.get(name, "_files" if value in FILES else " ")
    return f":{value.lower()}:{offered}"


def zsh_options(options):
    return " ".join(quoted(f"--{name}{'=' if value else ''}[" + re.sub(r"([\[\]:])", r"\\\1", about) + "]" + zsh_value(name, value))
                    for name, value, about in options)


def zsh_arguments(name, arguments):
    if name in VERBS:
        return f" '1:verb:({VERBS[name]})' '2:plan:_keyguide_plan'"
    return " '1:plan:_files'" if takes_file(name, arguments) else ""


def zsh(wizard, commands):
    values = with_value(wizard, commands)
    names = " ".join(quoted(f"{name}:{about}") for name, _, about, _ in commands)
    cases = "\n".join(f"\t{name}) _arguments {zsh_options(options)}{zsh_arguments(name, arguments)} ;;"
                      for name, arguments, _, options in commands)
    return f"""#compdef keyguide
# zsh completion for keyguide; made by data/completions.py from --help
_keyguide_first() {{
	local -a known=({names})
	_describe command known
	_files
}}

_keyguide_plan() {{
	case $line[1] in
	from) local -a known=({presets()}); _describe preset known ;;
	*) _files ;;
	esac
}}

_keyguide() {{
	local command='' line
	local -A opt_args
	local -i at=2 end

	# The command may stand behind options.
	while (( at < CURRENT )) && [[ $words[at] == -?* && $words[at] != -- ]]; do
		case $words[at] in
		{either("--" + name for name in values)}) (( at++ )) ;;
		esac
		(( at++ ))
	done
	if (( at < CURRENT )); then
		case $words[at] in
		{either(row[0] for row in commands)})
			command=$words[at]
			words[at]=()
			(( CURRENT-- )) ;;
		esac
	fi
	end=${{words[(i)--]}}
	case $command in
	{either(becomes_other(commands))})
		if (( end < CURRENT )); then
			shift $end words
			(( CURRENT -= end ))
			_normal
			return
		fi ;;
	esac
	case $command in
{cases}
	*) _arguments {zsh_options(wizard)} '1:command:_keyguide_first' ;;
	esac
}}
_keyguide "$@"
"""


def fish_value(name, value):
    if not value:
        return ""
    offered = {"from": STEPS, "lang": languages(), "to": vaults()}.get(name)
    return f" -x -a {quoted(offered)}" if offered else " -r -F" if value in FILES else " -x"


def fish(wizard, commands):
    values = with_value(wizard, commands)
    lines = [f"""# fish completion for keyguide; made by data/completions.py from --help
# The words so far that are neither options nor their values; from the -- on as they are.
function __keyguide_words
    set -l skip no
    set -l tokens (commandline -opc)
    for at in (seq 2 (count $tokens))
        if test $skip = yes
            set skip no
            continue
        end
        switch $tokens[$at]
            case --
                printf '%s\\n' $tokens[$at..-1]
                return
            case {" ".join("--" + name for name in values)}
                set skip yes
            case '-*'
            case '*'
                printf '%s\\n' $tokens[$at]
        end
    end
end

# Is the command the first argument, and behind it there is nothing yet, or the verb?
function __keyguide_is
    set -l words (__keyguide_words)
    not contains -- -- $words; and test "$words[1]" = "$argv[1]"
    and begin
        test (count $argv) -lt 2; or test "$words[2..-1]" = "$argv[2]"
    end
end

function __keyguide_is_wizard
    not contains -- (__keyguide_words)[1] {" ".join(row[0] for row in commands)}
end

function __keyguide_is_other
    set -l words (__keyguide_words)
    contains -- "$words[1]" {" ".join(becomes_other(commands))}; and contains -- -- $words
end

# What is completed behind the -- is the other command.
function __keyguide_other
    set -l words (__keyguide_words)
    set -e words[1..(contains -i -- -- $words)]
    complete -C (string join -- ' ' (string escape -- $words) (commandline -ct))
end

complete -c keyguide -f
complete -c keyguide -n __keyguide_is_other -a '(__keyguide_other)'
complete -c keyguide -n '__keyguide_is ""' -F"""]

    def add(when, options):
        for name, value, about in options:
            lines.append(f"complete -c keyguide -n {quoted(when)} -l {name}{fish_value(name, value)} -d {quoted(about)}")

    def offer(when, what):
        lines.append(f"complete -c keyguide -n {quoted(when)} {what}")

    add("__keyguide_is_wizard", wizard)
    for name, arguments, about, options in commands:
        offer('__keyguide_is ""', f"-a {name} -d {quoted(about)}")
        add(f"__keyguide_is {name}", options)
        if takes_file(name, arguments):
            offer(f'__keyguide_is {name} ""', "-F")
    offer('__keyguide_is plan ""', f"-a {quoted(VERBS['plan'])}")
    offer("__keyguide_is plan from", f"-a {quoted(presets())}")
    offer("__keyguide_is plan check; or __keyguide_is plan show", "-F")
    return "\n".join(lines) + "\n"


def main():
    program, shell = sys.argv[1:]
    sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[shell](*read(program)))


main()
