#!/usr/bin/env python3
"""Makes a night of good articles and a folder of hostile files.

  python3 scripts/hostile/make.py DIR [GOOD]

DIR/good/night.jsonl gets GOOD articles (default 10,000), made of those in
datasets/sample with ids and sentences of their own. DIR/hostile gets the files
of the table HOSTILE. scripts/hostile/run.py classifies both and compares.

Every file is the same each time.
"""
import bz2
import gzip
import io
import json
import lzma
import os
import random
import struct
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "datasets" / "sample"
MIB = 1 << 20
COUNTRIES = ("Iran Chad Mali Cuba Fiji Peru Oman Togo Iraq Laos France Germany Norway Japan Brazil India China Russia "
             "Poland Spain Italy Kenya Ghana Egypt Sudan Chile Nepal Qatar Yemen Libya").split()


def record(**fields):
    return (json.dumps(fields) + "\n").encode()


def sound(name):
    """An article that must be answered, whatever lies around it."""
    return record(id=f"sound-{name}", title="Norway sends boats", text="Norway will send boats to Ukraine, its minister said on Monday.")


def article(name, text, title="Hostile"):
    return record(id=f"hostile-{name}", title=title, text=text)


def repeated(words, size):
    return (words * (size // len(words) + 1))[:size]


def gzipped(data):
    return gzip.compress(data, 6, mtime=0)


def zeros_gz(size):
    """A gzip file of zeros that is not held in memory."""
    out, z = io.BytesIO(), zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(MIB)
    for _ in range(size // MIB):
        out.write(z.compress(block))
    out.write(z.flush())
    return out.getvalue()


def zstd_raw(data):
    """A zstd frame of one raw block (RFC 8878, section 3.1.1)."""
    header = b"\x28\xb5\x2f\xfd" + b"\xa0" + struct.pack("<I", len(data))
    return header + struct.pack("<I", len(data) << 3 | 1)[:3] + data


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tar_of(name, data, claimed=None):
    info = tarfile.TarInfo(name)
    info.size = len(data) if claimed is None else claimed
    return info.tobuf(tarfile.USTAR_FORMAT) + data + bytes(-len(data) % 512)


def noise(size):
    return random.Random(11).randbytes(size)


def wide_xz():
    """A sound xz file whose dictionary of 1.5 GiB a reader would have to hold."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1536 * MIB}]
    return lzma.compress(sound("xz"), lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)


ARRAY = b'[{"id":"array-1","text":"Norway will send boats to Ukraine."},\n{"id":"array-2","text":broken},\n' \
        b'{"id":"array-3","text":"Japan condemned the attack on Ukraine."}]\n'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(10)) + \
    "]><rss><channel><item><title>&k;</title><description>&k;</description></item></channel></rss>"

# The table: name, bytes, ids of articles that must come of it, and how many
# records must be rejected at least. A folder is read without its pipes, links
# out of it and links to nothing; that they are left out is said in words.
HOSTILE = [
    # Records that cost more than others.
    ("cost-no-stop.jsonl", lambda: article("no-stop", repeated("Norway said Ukraine and Russia met Iran over Taiwan and ", 168_000)), ("hostile-no-stop",), 0),
    ("cost-names.jsonl", lambda: article("names", "Ukraine and Taiwan. " + repeated("the " + " and ".join(COUNTRIES) + " and ", MIB - 30)), (), 1),
    ("cost-sentences.jsonl", lambda: article("sentences", "Ukraine and Taiwan. " + repeated(". ".join("The " + c for c in COUNTRIES) + ". ", MIB - 60)), (), 1),
    ("cost-one-name.jsonl", lambda: article("one-name", repeated("the US and Ukraine and ", MIB - 30)), ("hostile-one-name",), 0),
    ("cost-commas.jsonl", lambda: article("commas", "Ukraine Norway" + "," * (MIB - 30)), ("hostile-commas",), 0),
    ("cost-marks.jsonl", lambda: article("marks", "Ukraine Norway e" + "\u0301" * (MIB // 2 - 30)), ("hostile-marks",), 0),
    ("cost-brackets.jsonl", lambda: article("brackets", "Ukraine Norway " + "(" * (MIB - 30)), ("hostile-brackets",), 0),
    ("cost-entities.jsonl", lambda: article("entities", "Ukraine " + repeated("&amp;amp;lt;b&gt;", MIB - 30)), ("hostile-entities",), 0),
    ("cost-tags.jsonl", lambda: article("tags", "<b>Ukraine" + "<div><p><a href='" * (MIB // 20)), ("hostile-tags",), 0),
    ("cost-title.jsonl", lambda: article("title", "Norway helps Ukraine.", repeated("Norway helps Ukraine ", 15 * MIB)), ("hostile-title",), 0),
    ("cost-title-64.jsonl", lambda: article("title-64", "x", "t" * (64 * MIB)) + sound("after-title"), ("sound-after-title",), 1),
    ("cost-nested.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"Norway helps Ukraine" + b"</body></html>", (), 0),
    ("tiny.jsonl", lambda: b"{}\n" * 50_000, (), 50_000),
    ("line-without-end.jsonl", lambda: sound("before-line") + b'{"text":"' + b"a" * (20 * MIB), ("sound-before-line",), 1),
    # Files that are not what they seem.
    (b"name-\xff\xfe.jsonl", lambda: record(text="Norway will send boats to Ukraine."), (), 0),
    (b"name-\xfe\xff.jsonl", lambda: record(text="Japan will send boats to Ukraine."), (), 0),
    ("broken.json", lambda: ARRAY, ("array-1", "array-3"), 1),
    ("quotes.csv", lambda: b'id,text\nq-1,"Norway will send boats to Ukraine."\nq-2,Japan "said" it will help Ukraine\n'
     b'q-3,"Chad "condemned" Russia"\nq-4,"Peru never closed\nq-5,Kenya helps Ukraine\n', ("q-1", "q-5"), 1),
    ("returns.csv", lambda: b"id,text\rr-1,Norway will send boats to Ukraine.\rr-2,Japan helps Ukraine.\r", ("r-1", "r-2"), 0),
    ("skippable.jsonl.zst", lambda: b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip" + zstd_raw(sound("zst")), ("sound-zst",), 0),
    ("joined.jsonl.gz", lambda: gzipped(sound("joined-1")) + gzipped(sound("joined-2")), ("sound-joined-1", "sound-joined-2"), 0),
    ("cut.jsonl.gz", lambda: gzipped(b"".join(record(id=f"cut-{i}", text=f"Norway sends boat {i} to Ukraine, {noise(9).hex()}.")
                                              for i in range(200)))[:-400], ("cut-0",), 1),
    ("trailing.jsonl.gz", lambda: gzipped(sound("trailing")) + b"no gzip", ("sound-trailing",), 1),
    ("bomb.jsonl.gz", lambda: sound_bomb(), ("sound-before-bomb",), 1),
    ("bomb-twice.jsonl.gz", lambda: gzipped(zeros_gz(1024 * MIB)), (), 1),
    ("bomb.jsonl.bz2", lambda: bz2.compress(bytes(128 * MIB)), (), 1),
    ("bomb.zip", lambda: zip_of([("a.jsonl", bytes(256 * MIB)), ("b.jsonl", sound("zip"))]), (), 1),
    ("wide.jsonl.xz", wide_xz, (), 1),
    ("climb.tar", lambda: tar_of("../../climb.jsonl", sound("climb")) + bytes(1024), ("sound-climb",), 0),
    ("claim.tar", lambda: tar_of("claim.jsonl", sound("claim"), claimed=(8 << 30) - 1), ("sound-claim",), 1),
    ("garbage.parquet", lambda: b"PAR1" + noise(4096) + struct.pack("<I", 1 << 30) + b"PAR1", (), 1),
    ("zeros.parquet", lambda: b"PAR1" + bytes(4096) + struct.pack("<I", 64) + b"PAR1", (), 1),
    ("zeros.jsonl", lambda: bytes(MIB), (), 1),
    ("noise.jsonl", lambda: noise(MIB), (), 1),
    ("deep.json", lambda: b"[" * 200_000, (), 1),
    ("deep.jsonl", lambda: b'{"text":' * 100_000 + b"1" + b"}" * 100_000 + b"\n" + sound("deep"), ("sound-deep",), 1),
    ("laughs.rss", LAUGHS.encode, (), 0),
    ("paper.txt", lambda: b"%PDF-1.7\n" + noise(2000), (), 1),
    ("claim.warc", lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", (), 1),
    ("half.jsonl", lambda: b"\xff\xfe" + '{"text":"Norway helps Ukraine"}\n'.encode("utf-16-le")[:-1], (), 1),
    ("twice.jsonl", lambda: record(id="twice", text="Norway helps Ukraine.") + record(id="twice", text="Japan helps Ukraine."), ("twice",), 1),
    ("surrogate.jsonl", lambda: b'{"id":"sur-\\ud800","text":"Norway helps Ukraine \\udfff."}\n', (), 0),
    ("long-id.jsonl", lambda: record(id="i" * MIB, text="Norway helps Ukraine."), (), 1),
    ("date.jsonl", lambda: record(id="date", text="Norway helps Ukraine.", published_at="99999-99-99T99:99:99Z"), ("date",), 0),
    # Names of no file: special makes them.
    ("pipe.jsonl", "pipe", (), 0),
    ("loop.jsonl", "loop", (), 0),
    ("gone.jsonl", "gone", (), 0),
]


def sound_bomb():
    data = zlib.compressobj(9, zlib.DEFLATED, 31)
    return data.compress(sound("before-bomb")) + data.flush() + zeros_gz(1024 * MIB)


def special(kind, path):
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "loop":
        os.symlink(os.path.basename(path), path)
    elif kind == "gone":
        os.symlink(b"nothing-is-here.jsonl", path)


def good(path, n):
    """Writes n articles, each made of two of the sample and sentences of its own."""
    base = [json.loads(line) for file in sorted(SAMPLE.glob("articles-*.jsonl")) for line in file.open()]
    rng = random.Random(7)
    with open(path, "w") as out:
        for i in range(n):
            a = dict(base[i % len(base)])
            a["id"] = f"good-{i:06d}"
            own = " ".join(f"{rng.choice(COUNTRIES)} counted {rng.randrange(10**6)} {rng.choice(COUNTRIES)} boats." for _ in range(3))
            texts = [base[(i * k) % len(base)].get("text", "") for k in (1, 7)]
            a["text"] = "\n\n".join([*texts, own])
            out.write(json.dumps(a) + "\n")


def main():
    root = Path(sys.argv[1])
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    (root / "good").mkdir(parents=True, exist_ok=True)
    (root / "hostile").mkdir(parents=True, exist_ok=True)
    good(root / "good" / "night.jsonl", n)
    for name, what, _, _ in HOSTILE:
        path = os.path.join(os.fsencode(root / "hostile"), os.fsencode(name))
        if os.path.lexists(path):
            os.remove(path)
        if isinstance(what, str):
            special(what, path)
            continue
        with open(path, "wb") as out:
            out.write(what())
    print(f"{n} good articles and {len(HOSTILE)} hostile files in {root}")


if __name__ == "__main__":
    main()
