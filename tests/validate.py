#!/usr/bin/env python3
"""Validates every PDF of a folder as PDF/A-3a and as PDF/UA-1.

    pip install page-validation==0.11.0
    python3 tests/validate.py target/tmp

`cargo test` leaves its PDFs in `target/tmp`. The validator knows four things wrongly; each is passed over only where
the file proves that it is right. Files that are spoiled on the fly must fail, so that a validator which passes
everything is noticed. A folder without a PDF fails.
"""

import importlib.metadata
import re
import sys
import tempfile
from pathlib import Path

try:
    import page
except ImportError:
    sys.exit("the validator is missing: pip install page-validation==0.11.0")

VERSION = "0.11.0"
PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)

# What to spoil, by what, and for which profile the result must be invalid. Lengths stay, so that no offset moves.
SPOILED = (
    ("the part of PDF/A", rb"<pdfaid:part>3<", b"<pdfaid:part>1<", page.ValidationProfile.PDF_A_3A),
    ("the part of PDF/UA", rb"<pdfuaid:part>1<", b"<pdfuaid:part>7<", page.ValidationProfile.PDF_UA_1),
    ("the structure tree", rb"/StructTreeRoot ", b"/StructTreeRoof ", page.ValidationProfile.PDF_UA_1),
    ("the mark that it is tagged", rb"/MarkInfo", b"/MarkInfp", page.ValidationProfile.PDF_A_3A),
    ("the fonts", rb"/FontFile3", b"/FontFilf3", page.ValidationProfile.PDF_A_3A),
    ("the length of a stream", rb"/Length (\d)(?=\d)", None, page.ValidationProfile.PDF_A_3A),
)


def body(data, failure):
    """The bytes of the object that a failure names, from its head to its end."""
    found = re.search(r"(\d+)\D+(\d+)", str(failure.object_id))
    if not found:
        return b""
    head = rb"(?<!\d)%s %s obj\b" % (found[1].encode(), found[2].encode())
    start = re.search(head, data)
    return data[start.end() :] if start else b""


def streams(data):
    """Each stream of a file that names its length in its own dictionary: the bytes from its first one on, and its length."""
    for start in re.finditer(rb">>\s*stream\r?\n", data):
        head = data[max(data.rfind(b" obj", 0, start.start()), 0) : start.start()]
        length = re.search(rb"/Length (\d+)(?! \d+ R)", head)
        yield data[start.end() :], int(length[1]) if length else None


def is_whole(stream, length):
    """Whether a stream has the length that it names."""
    return length is not None and stream[length : length + 10] == b"\nendstream"


def ends_as_it_says(data, failure):
    """Whether a stream has the length that it names. The validator takes a last byte 0x0D for a part of the line end.

    Where it does not say which stream it means, each one of the file must have the length that it names.
    """
    inside = body(data, failure)
    found = list(streams(inside))[:1] if inside else list(streams(data))
    return_ends = any(stream[length - 1 : length] == b"\r" for stream, length in found if length)
    return return_ends and all(is_whole(stream, length) for stream, length in found)


def is_known(data, failure):
    """Whether a failure is one that the validator reports wrongly."""
    rule = failure.rule_id
    if re.fullmatch(r"PDFA\w*-STREAM-LENGTH-001", rule):
        return ends_as_it_says(data, failure)
    if re.fullmatch(r"PDFA\w*-TRUETYPE-GLYPH-WIDTH-001|PDFUA1-FONT-GLYPH-WIDTH-001", rule):
        # CID-keyed fonts with several font dictionaries, whose widths it reads as 0.
        return b"CJK" in body(data, failure).split(b"endobj")[0]
    # Allowed since PDF/A-2.
    return rule.endswith("METADATA-FILTER-001")


def faults(path, profile):
    """What is wrong with a file, known errors of the validator left out."""
    data = path.read_bytes()
    try:
        report = page.validate_pdf(str(path), profile=profile, limits=page.SafetyLimits.unlimited())
    except page.PageError as error:
        return [f"it cannot be read: {error}"]
    found = [f for f in report.failures if not is_known(data, f)]
    if not report.failures and not report.is_compliant:
        return ["it is not compliant, and the validator does not say why"]
    return [f"{f.rule_id} (object {f.object_id}): {f.message}" for f in found]


def spoil(data, pattern, words):
    """A file with one fault, or None where there is nothing to spoil."""
    if words is None:
        longer = lambda found: b"/Length " + str((int(found[1]) % 9) + 1).encode()
        changed, count = re.subn(pattern, longer, data, count=1)
    else:
        changed, count = re.subn(pattern, words, data)
    return changed if count and changed != data else None


def controls(path):
    """Spoils a valid file in each way; what still passes is a fault of the validator or of this script."""
    data = path.read_bytes()
    blind = []
    for what, pattern, words, profile in SPOILED:
        changed = spoil(data, pattern, words)
        if changed is None:
            blind.append(f"control: {path.name} has nothing to spoil for “{what}”")
            continue
        with tempfile.TemporaryDirectory() as folder:
            spoiled = Path(folder) / "spoiled.pdf"
            spoiled.write_bytes(changed)
            if not faults(spoiled, profile):
                blind.append(f"control: spoiling {what} is not noticed")
    return blind


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: validate.py FOLDER")
    version = importlib.metadata.version("page-validation")
    if version != VERSION:
        sys.exit(f"page-validation is {version}; what is passed over was found out with {VERSION}")
    files = sorted(Path(arguments[0]).rglob("*.pdf"))
    if not files:
        sys.exit(f"FAILED: there is no PDF in {arguments[0]}; run `cargo test` first")
    passed = failed = 0
    for path in files:
        wrong = [f"{profile.name}: {fault}" for profile in PROFILES for fault in faults(path, profile)]
        for line in wrong:
            print(f"{path.name}: {line}")
        passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
    blind = controls(files[0])
    for line in blind:
        print(line)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or blind else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
