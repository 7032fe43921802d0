#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the completions for a shell out of what the program's own --help says.

    completions.py ./keyguide bash|zsh|fish

So they name what there is, and the options of each command alone.
"""
import json
import os
import re
import subprocess
import sys

STEPS = "before open start name permissions create copy"
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "vaults.json"), encoding="utf-8") as file:
    VAULTS = " ".join(vault["id"] for vault in json.load(file)["vaults"])
VERBS = {"plan": "check show from"}


def help_of(program, *words):
    around = {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}
    return subprocess.run([program, *words, "--help"], check=True, capture_output=True, text=True, env=around,
                          encoding="utf-8").stdout


def options_of(text):
    """[(name, takes a value, about)]"""
    return [(name, bool(value), about) for name, value, about in
            re.findall(r"^  --([a-z-]+)( [A-Z]+)? +(.+)$", text, re.M)]


def read(program):
    first = help_of(program)
    commands = re.findall(r"^  keyguide ([a-z]+).*\n +(.+)$", first, re.M)
    return options_of(first), [(name, about, options_of(help_of(program, name))) for name, about in commands]


def words(options):
    return " ".join(f"--{name}" for name, _, _ in options)


def bash(wizard, commands):
    cases = "\n".join(f"\t\t{name}) options='{words(options)}' verbs='{VERBS.get(name, '')}' ;;"
                      for name, _, options in commands)
    return f"""# bash completion for keyguide; made by data/completions.py from --help
_keyguide()
{{
	local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} options verbs=''
	case $before in
	--from) COMPREPLY=($(compgen -W '{STEPS}' -- "$word")); return ;;
	--to) COMPREPLY=($(compgen -W '{VAULTS}' -- "$word")); return ;;
	--plan | --ca-file | --calls) COMPREPLY=($(compgen -f -- "$word")); return ;;
	esac
	if [ "$COMP_CWORD" -eq 1 ]; then
		options='{words(wizard)}' verbs='{" ".join(name for name, _, _ in commands)}'
	else
		case ${{COMP_WORDS[1]}} in
{cases}
		*) options='{words(wizard)}' ;;
		esac
		[ "$COMP_CWORD" -eq 2 ] || verbs=''
	fi
	case $word in
	-*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
	*)  COMPREPLY=($(compgen -W "$verbs" -- "$word") $(compgen -f -- "$word")) ;;
	esac
}}
complete -o filenames -F _keyguide keyguide
"""


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh_options(options):
    lines = []
    for name, value, about in options:
        about = re.sub(r"([\[\]:])", r"\\\1", about)
        action = ""
        if value:
            action = f":step:({STEPS})" if name == "from" else f":vault:({VAULTS})" if name == "to" else ":value:_files" if name in ("plan", "ca-file", "calls") \
                else ":value:"
        lines.append(quoted(f"--{name}[{about}]{action}"))
    return " ".join(lines)


def zsh(wizard, commands):
    names = " ".join(quoted(f"{name}:{about}") for name, about, _ in commands)
    cases = "\n".join(f"\t{name}) _arguments {zsh_options(options)} " +
                      (f"'1:verb:({VERBS[name]})' " if name in VERBS else "") + "'*:file:_files' ;;"
                      for name, _, options in commands)
    return f"""#compdef keyguide
# zsh completion for keyguide; made by data/completions.py from --help
_keyguide() {{
	local -a commands=({names})
	if (( CURRENT == 2 )); then
		_describe command commands
		_arguments {zsh_options(wizard)} '*:plan:_files'
		return
	fi
	local command=$words[2]
	shift words
	(( CURRENT-- ))
	case $command in
{cases}
	*) _arguments {zsh_options(wizard)} ;;
	esac
}}
_keyguide "$@"
"""


def fish(wizard, commands):
    names = " ".join(name for name, _, _ in commands)
    lines = ["# fish completion for keyguide; made by data/completions.py from --help"]

    def add(when, options):
        for name, value, about in options:
            takes = f"-x -a {quoted(VAULTS)} " if name == "to" else "-r " if value else ""
            lines.append(f"complete -c keyguide -n {quoted(when)} -l {name} {takes}-d {quoted(about)}")

    add(f"not __fish_seen_subcommand_from {names}", wizard)
    for name, about, options in commands:
        lines.append(f"complete -c keyguide -n __fish_use_subcommand -a {name} -d {quoted(about)}")
        add(f"__fish_seen_subcommand_from {name}", options)
        if name in VERBS:
            lines.append(f"complete -c keyguide -n {quoted(f'__fish_seen_subcommand_from {name}')} -a {quoted(VERBS[name])}")
    return "\n".join(lines) + "\n"


def main():
    program, shell = sys.argv[1:]
    sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[shell](*read(program)))


main()
