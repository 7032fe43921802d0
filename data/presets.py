#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/core/presets_table.c from data/presets.json.

    presets.py presets.json > presets_table.c

Purposes and sentences get the gettext mark N_(); names of tools are never translated.
"""
import json
import sys


def c(text):
    """A C string, or NULL."""
    return "NULL" if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        presets = json.load(file)["presets"]
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Made by data/presets.py from data/presets.json: change those, not this. */")
    print('#include "core/presets_table.h"\n\n#include "base/i18n.h"\n')
    for number, preset in enumerate(presets):
        names = "".join(f"\t{c(name)},\n" for name in preset["permissions"])
        print(f"static const char *const permissions_{number}[] = {{\n{names}\tNULL\n}};")
    print("\nconst struct preset presets_rows[] = {")
    for number, preset in enumerate(presets):
        tool = preset["kind"] == "tool"
        title = c(preset["title"]) if tool else f'N_({c(preset["title"])})'
        print(f"""\t{{
\t\t.id = {c(preset["id"])}, .tool = {str(tool).lower()}, .title = {title},
\t\t.about = N_({c(preset["about"])}),
\t\t.as_of = {c(preset.get("as_of"))}, .source = {c(preset.get("source"))},
\t\t.permissions = permissions_{number},
\t}},""")
    print("};\n\nconst size_t presets_row_count = sizeof presets_rows / sizeof *presets_rows;")


main()
