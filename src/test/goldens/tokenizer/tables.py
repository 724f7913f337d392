"""Writes html-entities.txt, and prints the ranges of Unicode's letters and numbers for UnicodeClasses.java. See README.md."""

import html
import html.entities
import pathlib
import sys

import regex

HERE = pathlib.Path(__file__).parent
ENTITIES = HERE / "../../../main/resources/gesso/prompt/html-entities.txt"


def entities():
    table = {}
    for name, text in html.entities.html5.items():
        if name.endswith(";"):
            table[name[:-1]] = text
    for name, text in list(table.items()):
        upper = name.upper()
        if name == name.lower() and html.unescape(f"&{upper};") == f"&{upper};":
            table.setdefault(upper, text.upper())
    return table


def ranges(pattern):
    """Lengths of the runs outside and inside the class, by turns, from U+0000 on, in base 36."""
    runs, inside, start = [], False, 0
    for c in range(sys.maxunicode + 1):
        now = bool(regex.match(pattern, chr(c)))
        if now != inside:
            runs.append(c - start)
            inside, start = now, c
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"

    def base36(n):
        return digits[n] if n < 36 else base36(n // 36) + digits[n % 36]

    return " ".join(base36(n) for n in runs + ([sys.maxunicode + 1 - start] if inside else []))


def main():
    with open(ENTITIES, "w", encoding="ascii") as out:
        for name, text in sorted(entities().items()):
            out.write(" ".join([name] + [format(ord(c), "x") for c in text]) + "\n")
    for pattern in [r"\p{L}", r"\p{N}"]:
        print(pattern, ranges(pattern))


main()
