#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/core/catalogue_table.c from data/permissions.json.

    catalogue.py permissions.json > catalogue_table.c

The sentences get the gettext mark N_(); Stripe's labels are never translated.
"""
import json
import sys

PREFILL = {"A": "A", "B": "B", "C": "C", "C?": "C_DOUBTED", "D": "D", None: "UNKNOWN"}
ON_FORM = {"seen": "SEEN", "label": "LABEL_ONLY", "inferred": "INFERRED"}
SENSITIVITY = {"low": "LOW", "personal-data": "PERSONAL", "money-movement": "MONEY"}


def c(text):
    """A C string, or NULL."""
    return "NULL" if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def calls(row, level):
    lines = []
    for call in row.get(level, {}).get("calls", []):
        method, path = call.split(" ", 1)
        lines.append(f"\t{{ {c(method)}, {c(path)} }},")
    return "\n".join(lines + ["\t{ NULL, NULL }"])


def permission(row, level):
    p = row.get(level)
    if not p:
        return "{ 0 }"
    return (f'{{ {c(p["slug"])}, N_({c(p["about"])}),\n\t\t\tSENSITIVITY_{SENSITIVITY[p["sensitivity"]]}, '
            f'PREFILL_{PREFILL[p["prefill"]]} }}')


def question(row, level):
    ask = row.get(level, {}).get("ask")
    return "{ 0 }" if not ask else f'{{ {c(ask["method"])}, {c(ask["path"])}, {c(ask["id_prefix"])} }}'


def write_lists(row):
    ident = row["id"]
    print(f"static const char *const {ident}_implies[] = {{ "
          + "".join(c(slug) + ", " for slug in row["implies"]) + "NULL };")
    for level in "read", "write":
        print(f"static const struct endpoint {ident}_{level}_calls[] = {{\n{calls(row, level)}\n}};")


def write_row(row, group):
    ident = row["id"]
    print(f"""\t{{
\t\t.id = {c(ident)}, .label = {c(row["label"])},
\t\t.group = {group}, .on_form = ON_FORM_{ON_FORM[row["on_form"]]},
\t\t.has_read = {str("read" in row).lower()}, .has_write = {str("write" in row).lower()},
\t\t.read = {permission(row, "read")},
\t\t.write = {permission(row, "write")},
\t\t.connect = {str(row["connect"] == "yes").lower()}, .watch = {str("watch" in row).lower()},
\t\t.implies = {ident}_implies,
\t\t.read_endpoints = {ident}_read_calls, .write_endpoints = {ident}_write_calls,
\t\t.ask_read = {question(row, "read")}, .ask_write = {question(row, "write")},
\t}},""")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        data = json.load(file)
    groups = [group["id"] for group in data["groups"]]
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Made by data/catalogue.py from data/permissions.json: change those, not this. */")
    print('#include "core/catalogue_table.h"\n\n#include "base/i18n.h"\n')
    for row in data["rows"]:
        write_lists(row)
    print("\nconst struct resource catalogue_rows[] = {")
    for row in data["rows"]:
        write_row(row, groups.index(row["group"]))
    print("};\n\nconst size_t catalogue_row_count = sizeof catalogue_rows / sizeof *catalogue_rows;\n")
    print("const struct group catalogue_groups[] = {")
    for group in data["groups"]:
        print(f'\t{{ {c(group["id"])}, {c(group["heading"])} }},')
    print("};\n\nconst size_t catalogue_groups_count = sizeof catalogue_groups / sizeof *catalogue_groups;\n")
    print("const struct other_name catalogue_other_names[] = {")
    for name in data["names_to_avoid"]:
        print(f'\t{{ {c(name["slug"])}, {c(name["use"])} }},')
    for name in data["other_spellings"]:
        print(f'\t{{ {c(name["slug"])}, {c(name["means"])} }},')
    print("\t{ NULL, NULL }\n};\n\nconst struct group_name catalogue_group_names[] = {")
    for name in data["whole_group_slugs"]:
        print(f'\t{{ {c(name["slug"])}, {groups.index(name["group"])}, LEVEL_{name["level"].upper()} }},')
    print("\t{ NULL, 0, LEVEL_NONE }\n};")


main()
