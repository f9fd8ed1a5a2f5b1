"""Make files that try to hang, crash or fool the readers, each under a name that says what it tries.

    python scripts/make_attack_set.py FOLDER

Every one has to be read or refused with a reason within 5 seconds and 500 MB. Nothing here is random.
"""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
import zlib
from pathlib import Path

MB = 1 << 20
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TYPES = "[Content_Types].xml"


def zip_of(members: list[tuple[str, bytes]], level: int = 9) -> bytes:
    """A zip of these members in this order; the same name may come twice."""
    import warnings

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # duplicate names are the point
        for name, content in members:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def docx_of(document: bytes, *more: tuple[str, bytes]) -> bytes:
    """A .docx with this main part."""
    return zip_of([(TYPES, b"<Types/>"), ("word/document.xml", document), *more])


def body(inner: str) -> bytes:
    """A main part around ``inner``."""
    return f"<w:document {W}><w:body>{inner}</w:body></w:document>".encode()


def ofd_of(content: bytes, document: bytes = b"") -> bytes:
    """An .ofd with one page."""
    document = (
        document
        or (
            f'<ofd:Document {OFD}><ofd:CommonData/><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'
        ).encode()
    )
    root = f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>".encode()
    return zip_of([("OFD.xml", root), ("D/D.xml", document), ("D/P.xml", content)])


def compound(streams: dict[str, bytes]) -> bytes:
    """A minimal compound file; streams are padded to 4,096 bytes so that no short sectors are needed."""
    sector = 512
    padded = {
        name: content.ljust(-(-max(len(content), 4096) // sector) * sector, b"\0") for name, content in streams.items()
    }
    directory_sectors = -(-(len(padded) + 1) * 128 // sector)
    total = directory_sectors + sum(len(content) // sector for content in padded.values())
    fat_sectors = -(-total // 127)
    fat = [0xFFFFFFFD] * fat_sectors
    at = fat_sectors

    def chain(count: int) -> int:
        nonlocal at
        start = at
        fat.extend([*range(start + 1, start + count), 0xFFFFFFFE])
        at += count
        return start

    directory_start = chain(directory_sectors)
    starts = {name: chain(len(content) // sector) for name, content in padded.items()}
    fat += [0xFFFFFFFF] * (fat_sectors * 128 - len(fat))
    entries = []
    names = ["Root Entry", *padded]
    for number, name in enumerate(names):
        raw = (name + "\0").encode("utf-16-le")
        kind = 5 if number == 0 else 2
        right = number + 1 if 0 < number < len(names) - 1 else 0xFFFFFFFF
        child = 1 if number == 0 and len(names) > 1 else 0xFFFFFFFF
        start, size = (0xFFFFFFFE, 0) if number == 0 else (starts[name], len(padded[name]))
        entries.append(
            raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child) + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )  # fmt: skip
    directory = b"".join(entries).ljust(directory_sectors * sector, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory_start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += b"".join(struct.pack("<I", n if n < fat_sectors else 0xFFFFFFFF) for n in range(109))
    return header.ljust(sector, b"\0") + struct.pack(f"<{len(fat)}I", *fat) + directory + b"".join(padded.values())


def word_stream(version: int = 193, flags: int = 0x200, pieces: bytes = b"", text: bytes = b"") -> dict[str, bytes]:
    """The streams of a .doc with this header and piece table."""
    main = bytearray(4096 + len(text))
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<I", main, 0x4C, 0x7FFFFFFF if pieces else len(text) // 2)
    struct.pack_into("<H", main, 0x98, 93)
    clx = pieces or b"\x02" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(text) // 2, 0, 4096, 0)
    struct.pack_into("<II", main, 0x1A2, 0, len(clx))
    main[4096:] = text
    return {"WordDocument": bytes(main), "1Table": clx}


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF with these objects, numbered from 1."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), more, content)


def pdf_attacks() -> dict[str, bytes]:
    """Bombs and loops in PDF."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    bomb = zlib.compress(b"BT /F 12 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n" * (300 * MB // 48 // 10), 9)
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream"
    return {
        "pages-loop.pdf": pdf_of(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>"]
        ),
        "stream-bomb.pdf": pdf_of([*head, _stream(bomb, b"/Filter/FlateDecode"), font]),
        "form-loop.pdf": pdf_of(
            [
                *head[:2],
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
                form,
                _stream(b"/X Do"),
            ]
        ),
        "nested-arrays.pdf": pdf_of([*head, _stream(b"[" * 500_000), font]),
        "many-pages.pdf": pdf_of(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[" + b"3 0 R " * 20_000 + b"]/Count 20000>>",
                page,
                _stream(b""),
                font,
            ]
        ),
        "only-header.pdf": b"%PDF-1.7\n",
        "xref-loop.pdf": b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
    }


def office_attacks() -> dict[str, bytes]:
    """Bombs, loops and doubles in .docx, .ofd and .doc."""
    paragraph = "<w:p><w:r><w:t>正文。</w:t></w:r></w:p>"
    laughs = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    page = f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>%s</ofd:Layer></ofd:Content></ofd:Page>"
    text = '<ofd:TextObject Boundary="0 0 9 9" Size="%s"><ofd:TextCode X="0" Y="0" DeltaX="%s">字字字</ofd:TextCode></ofd:TextObject>'
    pieces = b"\x02" + struct.pack("<I", 12 * 300_000 + 4)
    pieces += struct.pack("<300001I", *range(300_001)) + b"\0\0\0\x10\0\0\0\0" * 300_000
    return {
        "text-bomb.docx": docx_of(body(f"<w:p><w:r><w:t>{'A' * (60 * MB)}</w:t></w:r></w:p>")),
        "long-text.docx": docx_of(body(f"<w:p><w:r><w:t>{'法治政府建设' * (2 * MB)}</w:t></w:r></w:p>")),
        "element-bomb.docx": docx_of(body("<w:p/>" * (7 * MB))),
        "paragraph-bomb.docx": docx_of(body(paragraph * 400_000)),
        "dtd.docx": docx_of(b"<!DOCTYPE w:document>" + body(paragraph)),
        "dtd-utf16.docx": docx_of(("\ufeff<!DOCTYPE x>" + body(paragraph).decode()).encode("utf-16-le")),
        "billion-laughs.docx": docx_of(laughs.encode() + b"]><a>&j;</a>"),
        "external-entity.docx": docx_of(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        "deep.docx": docx_of(body("<w:sdt><w:sdtContent>" * 60_000 + paragraph + "</w:sdtContent></w:sdt>" * 60_000)),
        "deep-240.docx": docx_of(body("<w:sdt>" * 240 + paragraph + "</w:sdt>" * 240)),
        "two-documents.docx": docx_of(body(paragraph), ("word/document.xml", body(paragraph * 2))),
        "two-documents-case.docx": docx_of(body(paragraph), ("WORD/Document.xml", body(paragraph * 2))),
        "style-loop.docx": docx_of(
            body('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>样式循环。</w:t></w:r></w:p>'),
            (
                "word/styles.xml",
                f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b">'
                f'<w:basedOn w:val="a"/></w:style></w:styles>'.encode(),
            ),
        ),
        "main-part-outside.docx": zip_of(
            [
                (TYPES, b"<Types/>"),
                ("_rels/.rels", b'<R><R Type="x/officeDocument" Target="../../../../etc/passwd"/></R>'),
            ]
        ),
        "no-main-part.docx": zip_of([(TYPES, b"<Types/>")]),
        "deep.ofd": ofd_of(("<a>" * 60_000 + "</a>" * 60_000).encode()),
        "dtd.ofd": ofd_of(b"<!DOCTYPE a><a/>"),
        "delta-bomb.ofd": ofd_of((page % (text % ("4", "g 999999999 1 " * 50))).encode()),
        "huge-numbers.ofd": ofd_of((page % (text % ("1e308", "1e308 nan inf"))).encode()),
        "template-loop.ofd": ofd_of(
            (page % '<ofd:Template TemplateID="1"/>').encode(),
            f'<ofd:Document {OFD}><ofd:CommonData><ofd:TemplatePage ID="1" BaseLoc="P.xml"/></ofd:CommonData><ofd:Pages>'
            f'<ofd:Page BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'.encode(),
        ),
        "root-loop.ofd": zip_of([("OFD.xml", f"<o {OFD}><DocRoot>OFD.xml</DocRoot></o>".encode())]),
        "word6.doc": compound(word_stream(version=101)),
        "encrypted.doc": compound(word_stream(flags=0x300)),
        "pieces-bomb.doc": compound(word_stream(pieces=pieces)),
        "no-table.doc": compound({"WordDocument": word_stream()["WordDocument"]}),
        "encrypted.docx": compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "spreadsheet.doc": compound({"Workbook": b"x"}),
        "fat-loop.doc": _fat_loop(),
    }


def _fat_loop() -> bytes:
    made = bytearray(compound(word_stream(text="正文。\r".encode("utf-16-le"))))
    struct.pack_into("<I", made, 512 + 4 * 3, 3)
    return bytes(made)


def archive_attacks() -> dict[str, bytes]:
    """Bombs and false names in .zip."""
    bomb = zip_of([("a.txt", b"\0" * (80 * MB))])
    nested = bomb
    for _ in range(4):
        nested = zip_of([(f"{n}.zip", nested) for n in range(8)])
    report = "法治政府建设年度报告。".encode()
    locked = bytearray(zip_of([("a.txt", report)]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + at] |= 1
    lying = bytearray(zip_of([("a.txt", b"x" * (3 * MB))]))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", lying, lying.find(mark) + at, 10)
    overlap = zip_of([(f"{n}.txt", report) for n in range(3)])
    return {
        "bomb.zip": bomb,
        "nested-bomb.zip": nested,
        "members.zip": zip_of([(f"{n}.txt", b"") for n in range(30_000)], level=1),
        "outside.zip": zip_of([("../../outside.txt", report), ("/absolute.txt", report), ("C:\\a.txt", report)]),
        "doubles.zip": zip_of([("a.txt", report), ("a.txt", report * 2)]),
        "encrypted.zip": bytes(locked),
        "lying-size.zip": bytes(lying),
        "truncated.zip": overlap[:-30],
        "empty.zip": zip_of([]),
        "nameless.zip": zip_of([("\0a.txt", report), ("b.txt", report)]),
        "many-megabytes.zip": zip_of([(f"{n}.txt", os_like_text(n)) for n in range(15)], level=1),
    }


def os_like_text(seed: int) -> bytes:
    """Two megabytes of valid text that does not compress beyond the ratio limit."""
    return "".join(chr(0x4E00 + (seed * 7919 + at * at * 31) % 20_000) for at in range(700_000)).encode()


def text_attacks() -> dict[str, bytes]:
    """Pages, mails and plain texts that are too deep, too long or no text."""
    deep_mail = b"MIME-Version: 1.0\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    )
    return {
        "deep.html": b"<html><body>" + b"<div>" * 120_000 + "正文。".encode(),
        "deep-300.html": b"<html><body>" + b"<div>" * 300 + "正文正文。".encode(),
        "long-text.html": b"<html><body><p>" + "法治政府建设，".encode() * 600_000,
        "tag-bomb.html": b"<html><body>" + b"<p>" * 2_500_000,
        "attributes.html": b"<html><body " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x",
        "brackets.html": b"<" * 1_000_000,
        "open-comment.html": b"<html><!--" + b"<!-- " * 400_000,
        "dtd.html": b'<!DOCTYPE html [<!ENTITY a "b">]><html><body><p>&a;' + "正文。".encode(),
        "deep.mht": deep_mail,
        "headers.mht": b"MIME-Version: 1.0\n" + b"X-A: b\n" * 300_000 + b"Content-Type: text/html\n\n<p>x",
        "endless-headers.mht": b"MIME-Version: 1.0\nContent-Type: text/html\n" + b"X-A: b\n" * 300_000 + b"\n<p>x",
        "long-line.txt": "法".encode() * 3_000_000,
        "zeros.txt": b"\0" * 100_000,
        "too-big.txt": b"a" * (51 * MB),
        "noise.txt": bytes((at * at * 31 + at) % 256 for at in range(200_000)),
        "spaces.txt": b" \t\r\n" * 100_000,
        "carriage-returns.txt": b"\r" * 1_000_000,
        "json.txt": b"[" * 100_000,
    }


def fixture_attacks() -> dict[str, bytes]:
    """Every fixture cut short."""
    formats = Path(__file__).resolve().parents[1] / "fixtures" / "formats"
    made: dict[str, bytes] = {}
    for path in sorted(formats.iterdir()):
        content = path.read_bytes()
        for share in (1, 3, 5, 9):
            made[f"cut-{share}0-{path.name}"] = content[: len(content) * share // 10]
    return made


def make_all() -> dict[str, bytes]:
    """All attacks that are plain files."""
    return {
        **office_attacks(), **pdf_attacks(), **archive_attacks(), **text_attacks(), **fixture_attacks(),
        **{f"empty.{kind}": b"" for kind in ("docx", "doc", "wps", "pdf", "ofd", "html", "mht", "zip", "txt", "md")},
    }  # fmt: skip


def make_special(folder: Path) -> None:
    """Names and things of the file system: pipes, devices, links, unprintable names."""
    report = "云溪县石桥镇2023年法治政府建设年度报告。".encode()
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "inner").mkdir()
    (folder / "inner" / "up").symlink_to("..")
    (folder / "inner" / "报告.txt").write_bytes(report)
    (folder / "[bold]markup[").mkdir()
    for name in (
        "new\nline.txt",
        "red\x1b[31m.txt",
        "[bold]markup[/red].txt",
        "<img onerror=alert(1)>.txt",
        "=cmd.txt",
    ):
        (folder / name).write_bytes(report)
    with open(os.fsencode(str(folder)) + b"/latin\xe9\xff.txt", "wb") as stream:  # noqa: PTH123 - no str can name it
        stream.write(report)


def main() -> None:
    """Make everything in the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    for name, content in make_all().items():
        (folder / name).write_bytes(content)
    make_special(folder)
    print(f"{sum(1 for _ in folder.iterdir())} files in {folder}")


if __name__ == "__main__":
    main()
