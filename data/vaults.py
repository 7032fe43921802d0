#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/core/vaults_table.c from data/vaults.json.

    vaults.py vaults.json > vaults_table.c
"""
import json
import sys


def c(text):
    """A C string."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(escapes.get(letter, letter) for letter in text) + '"'


def whole(line):
    """A line, or a list of lines, as C strings below each other."""
    return "\n\t\t".join(c(part) for part in ([line] if isinstance(line, str) else "\n".join(line).splitlines(True)))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vaults = json.load(file)["vaults"]
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Made by data/vaults.py from data/vaults.json: change those, not this. */")
    print('#include "core/vaults_table.h"\n')
    print("const struct vault vaults_rows[] = {")
    for vault in vaults:
        print(f"\t{{ .id = {c(vault['id'])}, .title = {c(vault['title'])}, .program = {c(vault['program'])},")
        print(f"\t  .wants = {c(vault['wants']) if vault['wants'] else 'NULL'},")
        print(f"\t  .line = {whole(vault['line'])} }},")
    print("};\n\nconst size_t vaults_row_count = sizeof vaults_rows / sizeof *vaults_rows;")


main()
