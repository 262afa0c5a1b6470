"""The proof: what counts as the text of an edition, which SHA-256 is the stated one, and where a letter stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.checks.proof import Proof, first_difference, read_proof

TEI = "http://www.tei-c.org/ns/1.0"
SOURCE = '<sourceDesc><title type="file">a.txt</title><idno type="SHA-256">{}</idno></sourceDesc>'


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def document(
    content: str, header: str = SOURCE.format("0"), before: str = "", root: str = f'TEI xmlns="{TEI}"'
) -> bytes:
    name = root.partition(" ")[0]
    return f"{before}<{root}><teiHeader>{header}</teiHeader>{content}</{name}>".encode()


# the seed rule

WORDS = '<supplied change="#ed.words">'
TEXTS = {
    "all that stands in text": ("<text> a<p>b</p>\n<p>c</p> </text>", " ab\nc "),
    "without the editors' words": (f"<text>a{WORDS}b</supplied>c</text>", "ac"),
    "nor what stands in them": (f"<text>a{WORDS}b<hi>c</hi>d</supplied>e</text>", "ae"),
    "editors' words inside editors' words": (
        f"<text>a{WORDS}b{WORDS}c</supplied>d</supplied>e</text>",
        "ae",
    ),
    "they end where they began": (f"<text>{WORDS}a<p/>b</supplied><p>c{WORDS}d</supplied></p>e</text>", "ce"),
    "deep in the text": (f"<text>{'<p>' * 300}a{WORDS}b<p/></supplied>c{'</p>' * 300}</text>", "ac"),
    "two of them, side by side": (f"<text>{WORDS}a</supplied>{WORDS}b</supplied>c</text>", "c"),
    "named among other changes": ('<text>a<p change="#x #ed.words&#10;#y">b</p>c</text>', "ac"),
    "another change": ('<text>a<p change="#ed">b</p><p change="#ed.words2 x#ed.words">c</p></text>', "abc"),
    "another attribute": ('<text>a<p n="#ed.words" change="">b</p>c</text>', "abc"),
    "the whole text": ('<text change="#ed.words">a</text>', "a"),
    "two texts": ("<text>a</text>x<text>b</text>", "ab"),
    "a text in a text": ("<text>a<group><text>b</text>c</group>d</text>", "abcd"),
    "a text deeper than below TEI": ("<standOff><text>a</text></standOff><text>b</text>", "b"),
    "a text of another namespace": ('<text xmlns="urn:other">a</text><text>b</text>', "b"),
    "a text of none": ('<text xmlns="">a</text><text>b</text>', "b"),
    "other parts": ("<facsimile>a<p>b</p></facsimile><text>c</text><standOff>d</standOff>", "c"),
    "comments and instructions": ("<text>a<!--b--><?c d?>e<![CDATA[<&]]></text>", "ae<&"),
    "no text": ("", ""),
}


@pytest.mark.parametrize("content, text", TEXTS.values(), ids=TEXTS)
def test_the_text_of_an_edition(content: str, text: str) -> None:
    proof = read_proof(document(content))
    assert (proof.text, proof.problem) == (text, "")


@dataclass(frozen=True)
class Node:
    """An element of a tree that Hypothesis makes, and what the rule leaves of it, said without a parser."""

    name: str
    change: str
    content: tuple[Node | str, ...]

    def xml(self) -> str:
        change = f" change={quoteattr(self.change)}" if self.change else ""
        return f"<{self.name}{change}>{''.join(map(xml, self.content))}</{self.name}>"

    def text(self, silent: bool = False) -> Iterator[str]:
        silent = silent or "#ed.words" in self.change.split(" ")
        for part in self.content:
            if isinstance(part, Node):
                yield from part.text(silent)
            elif not silent:
                yield part


def xml(part: Node | str) -> str:
    return part.xml() if isinstance(part, Node) else escape(part)


def node(content: st.SearchStrategy[tuple[Node | str, ...]], change: st.SearchStrategy[str]) -> st.SearchStrategy[Node]:  # fmt: skip
    return st.builds(Node, st.sampled_from(("p", "seg", "text", "note")), change, content)


CHANGES = st.sampled_from(("", "", "#ed.words", "#a #ed.words", "#ed.words2", "#ed"))
LETTERS = st.text("ab \n<&>]é\u0301中\U00010400", max_size=5)
TREES = st.recursive(
    LETTERS, lambda part: node(st.lists(part, max_size=4).map(tuple), CHANGES), max_leaves=16
)
BODIES = st.lists(TREES, max_size=5).map(lambda parts: Node("text", "", tuple(parts)))


@settings(max_examples=300, deadline=None)
@given(BODIES, LETTERS)
def test_any_tree_by_the_rule_and_every_letter_where_it_stands(body: Node, title: str) -> None:
    text = "".join(body.text())
    header = f"<titleStmt>{escape(title)}</titleStmt>" + SOURCE.format(sha256(text))
    data = document(body.xml(), header, f"<!--{title}-->")
    proof = read_proof(data)
    assert (proof.text, proof.sha256, proof.proved) == (text, sha256(text), True)
    written = data.decode()
    found = [proof.place(data, at) for at in range(len(text))]
    assert [written[place] for place in found] == [escape(c)[0] for c in text]
    assert found == sorted(set(found))


@given(LETTERS, LETTERS)
def test_another_text_is_not_proved(text: str, stated: str) -> None:
    proof = read_proof(document(f"<text>{escape(text)}</text>", SOURCE.format(sha256(stated))))
    assert proof.proved == (text == stated)


# what the header states

A, B = sha256("a"), sha256("b")
STATED = {
    "one": (SOURCE.format(A), A, "a.txt"),
    "among white space": (SOURCE.format(f"\n  {A}\n"), A, "a.txt"),
    "of two, the first": (SOURCE.format(A) + SOURCE.format(B).replace("a.txt", "b.txt"), A, "a.txt"),
    "side by side, the first": (
        f'<sourceDesc><idno type="SHA-256">{A}</idno>, <idno type="SHA-256">{B}</idno></sourceDesc>',
        A,
        "",
    ),
    "one of the source": (
        f'<idno type="SHA-256">{B}</idno><title type="file">b</title><x/>' + SOURCE.format(A),
        A,
        "a.txt",
    ),
    "of the type alone": (
        f'<sourceDesc><idno>{B}</idno><idno type="URI">{B}</idno><title>b</title>'
        f'<title type="main">b</title><idno type="SHA-256">{A}</idno><title type="file">a</title></sourceDesc>',
        A,
        "a",
    ),
    "of the name alone": (
        f'<sourceDesc><p type="SHA-256">{B}</p><bibl type="SHA-256">{B}</bibl>'
        f'<p type="file">b</p><idno type="SHA-256">{A}</idno></sourceDesc>',
        A,
        "",
    ),
    "of TEI's namespace": (
        f'<sourceDesc xmlns="urn:other"><idno type="SHA-256">{B}</idno></sourceDesc>'
        f'<sourceDesc><idno xmlns="urn:other" type="SHA-256">{B}</idno>'
        f'<title xmlns="" type="file">b</title><idno type="SHA-256">{A}</idno></sourceDesc>',
        A,
        "",
    ),
}


@pytest.mark.parametrize("header, stated, file", STATED.values(), ids=STATED)
def test_the_stated_seed(header: str, stated: str, file: str) -> None:
    proof = read_proof(document(f'<text>a<idno type="SHA-256">{B}</idno></text>', header))
    assert (proof.stated, proof.file, proof.problem) == (stated, file, "")


NOTHING_STATED = "the header states no SHA-256 of a seed"
NO_TEI = "this is no TEI, or it declares entities, which are not expanded here"
TEXT, GOOD = "<text>a</text>", SOURCE.format(A)
PROBLEMS = {
    "no SHA-256": (document(TEXT, "<sourceDesc><p/></sourceDesc>"), NOTHING_STATED),
    "an empty one": (document(TEXT, SOURCE.format(" \n")), NOTHING_STATED),
    "one in the text": (document(f"<text>a{GOOD}</text>", ""), NOTHING_STATED),
    "a root of another name": (document(TEXT, GOOD, root=f'teiCorpus xmlns="{TEI}"'), NO_TEI),
    "a root of no namespace": (document(TEXT, GOOD, root="TEI"), NO_TEI),
    "a root of another namespace": (document(TEXT, GOOD, root='TEI xmlns="urn:other"'), NO_TEI),
    "an entity": (document("<text>&x;</text>", GOOD, '<!DOCTYPE TEI [<!ENTITY x "a">]>'), NO_TEI),
    "an entity that is not used": (document(TEXT, GOOD, '<!DOCTYPE TEI [<!ENTITY x "a">]>'), NO_TEI),
    "an entity of another file": (document(TEXT, GOOD, '<!DOCTYPE TEI [<!ENTITY x SYSTEM "x">]>'), NO_TEI),
    "a parameter entity": (document(TEXT, GOOD, '<!DOCTYPE TEI [<!ENTITY % x "a">]>'), NO_TEI),
    "one declared elsewhere": (document("<text>a&x;</text>", GOOD, '<!DOCTYPE TEI SYSTEM "x">'), NO_TEI),
    "nothing": (b"", "this is not well-formed XML: "),
    "half a file": (document(TEXT, GOOD)[:-3], "this is not well-formed XML: "),
}  # fmt: skip


@pytest.mark.parametrize("data, problem", PROBLEMS.values(), ids=PROBLEMS)
def test_what_proves_nothing(data: bytes, problem: str) -> None:
    proof = read_proof(data)
    assert proof.problem.startswith(problem)
    assert (proof.stated, proof.proved) == ("", False)
    assert proof.text == "" or problem == NOTHING_STATED


def test_a_document_type_alone_does_no_harm() -> None:
    assert read_proof(document(TEXT, GOOD, '<!DOCTYPE TEI SYSTEM "x">')).proved


def test_a_proof_does_not_change() -> None:
    proof = Proof("a", "a.txt", A)
    with pytest.raises(AttributeError):
        proof.stated = B  # type: ignore[misc]
    assert not hasattr(proof, "__dict__")


# where two texts part

CLOSE = st.text("a中", max_size=9)


@given(CLOSE, CLOSE, CLOSE)
def test_the_first_difference(shared: str, rest: str, other: str) -> None:
    one, two = shared + rest, shared + other
    at = first_difference(one, two)
    if at is None:
        assert one == two
    else:
        assert one[:at] == two[:at] and one[at : at + 1] != two[at : at + 1]
