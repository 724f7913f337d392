"""Writes lines of a key and numbers."""

import pathlib

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "resources" / "sampling"


class Writer:
    def __init__(self, name):
        self.path = RESOURCES / name

    def __enter__(self):
        RESOURCES.mkdir(parents=True, exist_ok=True)
        self.file = open(self.path, "w", encoding="ascii", newline="\n")
        return self

    def __exit__(self, *exc):
        self.file.close()

    def line(self, key, values):
        """Floats; values of double precision are cut to 24 bits only by whoever reads them as floats."""
        flat = values.detach().reshape(-1).tolist() if hasattr(values, "detach") else list(values)
        self.file.write(key + " | " + " ".join(short_hex(float(v)) for v in flat) + "\n")

    def integers(self, key, values):
        self.file.write(key + " | " + " ".join(str(int(v)) for v in values) + "\n")


def short_hex(value):
    """float.hex without the zeros at the end of the mantissa."""
    text = value.hex()
    if "p" not in text or "." not in text:
        return text
    mantissa, exponent = text.split("p")
    mantissa = mantissa.rstrip("0")
    return (mantissa + "0" if mantissa.endswith(".") else mantissa) + "p" + exponent
