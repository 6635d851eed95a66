"""Checks a proof of the register with the standard library of Python alone.

    check.py DOCUMENT MANIFEST PROOF POLICY     one act
    check.py tiles FOLDER                       a copy of the whole register

Written from RFC 6962, RFC 8032 and the C2SP specifications (signed-note, tlog-checkpoint,
tlog-cosignature, tlog-proof, tlog-policy, tlog-tiles), not from the Rust code beside it. Slow and plain
on purpose.
"""

import base64
import hashlib
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


# Ed25519, RFC 8032, section 5.1 and the sample of its section 6, in affine-free extended coordinates.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    e, f, g, h = f - e, d - c, d + c, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def point(data):
    number = int.from_bytes(data, "little")
    y = number & (2**255 - 1)
    x = x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(Y, 0), Y, 1, x_of(Y, 0) * Y % P)


def signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(times(s, BASE), add(r, times(h, a)))


# The formats.

def need(condition, what):
    if not condition:
        print("not shown: " + what)
        sys.exit(1)


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = None
    need(data is not None and base64.b64encode(data).decode() == text, "base64 in its one form")
    return data


def verifier(text):
    name, key_id, data = text.split("+", 2)
    data = unbase64(data)
    need(sha256(name.encode() + b"\n" + data)[:4].hex() == key_id, "key id of " + name)
    return name, bytes.fromhex(key_id), data[0], data[1:]


def number(text):
    need(text.isascii() and text.isdigit() and str(int(text)) == text, "number " + text)
    return int(text)


def decode(path):
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    need(text.endswith("\n") and not any(c < " " and c != "\n" for c in text), "plain lines in " + path)
    return text


def read_policy(text):
    logs, witnesses, groups, quorum = [], {}, [], None
    for words in (line.split() for line in text.split("\n")):
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "log":
            logs.append(verifier(words[1]))
        elif words[0] == "witness":
            witnesses[words[1]] = verifier(words[2])
        elif words[0] == "group":
            members = words[3:]
            least = {"any": 1, "all": len(members)}.get(words[2]) or number(words[2])
            groups.append((words[1], least, members))
        elif words[0] == "quorum":
            quorum = words[1]
        else:
            need(False, "policy line " + " ".join(words))
    return logs, witnesses, groups, quorum


def climb(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2, which describes the check that RFC 6962 leaves to the reader."""
    fn, sn, r = index, size - 1, leaf
    for step in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = sha256(b"\x01" + step + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\x01" + r + step)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def root_of(leaves):
    """RFC 6962, section 2.1, as it stands there."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:]))


def tile_path(level, index, width):
    digits = f"{index:03}"
    digits = digits.rjust((len(digits) + 2) // 3 * 3, "0")
    groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{path}" + ("" if width == 256 else f".p/{width}")


def read(folder, path):
    with open(folder + "/" + path, "rb") as file:
        return file.read()


def tiles(folder):
    """Every entry, every tile, and the root that was signed."""
    text, _, _ = read(folder, "checkpoint").decode("utf-8").rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    size, root, leaves = number(size), unbase64(root), []
    for index in range((size + 255) // 256):
        width = min(256, size - 256 * index)
        data = read(folder, tile_path("entries", index, width))
        for _ in range(width):
            length = int.from_bytes(data[:2], "big")
            leaves.append(sha256(b"\x00" + data[2:2 + length]))
            data = data[2 + length:]
        need(not data, "a bundle of entries with nothing behind it")
    level, hashes = 0, leaves
    while hashes:
        for index in range((len(hashes) + 255) // 256):
            part = hashes[256 * index:256 * (index + 1)]
            stored = read(folder, tile_path(level, index, len(part)))
            need(stored == b"".join(part), f"tile {index} of level {level}")
        full = len(hashes) // 256
        hashes = [root_of(hashes[256 * index:256 * (index + 1)]) for index in range(full)]
        level += 1
    need((root_of(leaves) if leaves else sha256(b"")) == root, "the root that was signed")
    print(f"{size} entries of {origin} lead to the root that was signed")


def main(document, manifest, proof, policy):
    with open(document, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    act = decode(manifest)
    named = [line.split(" ") for line in act.split("\n")]
    need(any(w[0] in ("text", "file") and w[-1] == digest for w in named), "a document of this act")

    lines = decode(proof).split("\n")
    need(lines.pop(0) == "c2sp.org/tlog-proof@v1", "a proof file")
    need(lines[0].startswith("extra "), "the salt")
    salt = unbase64(lines.pop(0)[6:])
    need(len(salt) == 32 and lines[0].startswith("index "), "salt and index")
    index = number(lines.pop(0)[6:])
    gap = lines.index("")
    path = [unbase64(line) for line in lines[:gap]]
    note = "\n".join(lines[gap + 1:])
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    size, root = number(size), unbase64(root)

    entry = sha256(b"caravanserai-leaf/v1\n" + salt + act.encode())
    need(index < size, "an entry inside the log")
    need(climb(sha256(b"\x00" + entry), index, size, path) == root, "the entry in the log")

    found = {}
    for line in signatures.rstrip("\n").split("\n"):
        dash, name, data = line.split(" ")
        need(dash == "—", "signature lines")
        data = unbase64(data)
        found[(name, data[:4])] = data[4:]
    logs, witnesses, groups, quorum = read_policy(decode(policy))
    trusted = 0
    for name, key_id, algorithm, key in logs:
        signature = found.get((name, key_id))
        if name == origin and signature is not None:
            need(algorithm == 1 and signed(key, text.encode(), signature), "signature of " + name)
            trusted += 1
    need(trusted, "a signature of a trusted log")
    met = []
    for alias, (name, key_id, algorithm, key) in witnesses.items():
        signature = found.get((name, key_id))
        if signature is not None:
            time = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            need(algorithm == 4 and signed(key, message, signature[8:]), "cosignature of " + name)
            met.append(alias)
    cosigned = " ".join(met)
    for name, least, members in groups:
        if sum(member in met for member in members) >= least:
            met.append(name)
    need(quorum == "none" or quorum in met, "enough witnesses")
    print(f"entry {index} of {size} in {origin}, cosigned by {cosigned}")


if __name__ == "__main__":
    try:
        tiles(sys.argv[2]) if sys.argv[1] == "tiles" else main(*sys.argv[1:])
    except (OSError, ValueError, IndexError) as error:
        print(f"not shown: {error}")
        sys.exit(1)
