"""Annotations as other projects' readers find them: reread.py FORMAT FOLDER. Prints JSON: file → list of what is there.

Run by the interpreter of tests/tools/.venv (tests/test_export_data.py).
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Found = dict[str, Any]


def cas_xmi(folder: Path) -> Found:
    """dkpro-cassis. Of each layer: [identifier, covered text, features]."""
    from cassis import load_cas_from_xmi, load_typesystem

    with (folder / "TypeSystem.xml").open("rb") as file:
        types = load_typesystem(file)
    layers = {
        "annotations": "webanno.custom.Edition",
        "blocks": "webanno.custom.EditionBlock",
        "entities": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity",
        "sentences": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence",
        "tokens": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
    }
    found: Found = {}
    for path in sorted(folder.glob("*.xmi")):
        with path.open("rb") as file:
            cas = load_cas_from_xmi(file, typesystem=types)
        cas.to_json()
        document = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")[0]
        here: Found = {
            "text": cas.sofa_string,
            "language": document.language,
            "title": document.documentTitle,
        }
        for name, layer in layers.items():
            features = [f.name for f in types.get_type(layer).features]
            here[name] = [
                [fs.get_covered_text(), {f: getattr(fs, f) for f in features if getattr(fs, f) is not None}]
                for fs in cas.select(layer)
            ]
        found[path.stem] = here
    return found


def stam(folder: Path) -> Found:
    """stam. Of each annotation: [identifier, its texts, data as key → value, identifiers of its targets]."""
    import stam as library

    found: Found = {}
    for path in sorted(folder.glob("*.stam.json")):
        store = library.AnnotationStore(file=str(path))
        found[path.name.partition(".")[0]] = [
            [
                annotation.id(),
                annotation.text(),
                {data.key().id(): data.value().get() for data in annotation.data()},
                [target.id() for target in annotation.annotations_in_targets()],
            ]
            for annotation in store.annotations()
        ]
    return found


def brat(folder: Path) -> Found:
    """pybrat. Of each entity: [number, type, spans, words, references].

    Its errors are ignored, since two entities on the same words, which brat allows, are one to it. A line that it cannot
    read is an entity that is missing then.
    """
    from pybrat.parser import BratParser

    found: Found = {}
    for example in BratParser(error="ignore").parse(str(folder)):
        found[Path(example.id).name] = [
            [
                entity.id,
                entity.type,
                [[span.start, span.end] for span in entity.spans],
                entity.mention,
                sorted(f"{r.rid}:{r.eid}" for r in entity.references),
            ]
            for entity in example.entities
        ]
    return found


def conll(folder: Path) -> Found:
    """conllu. Of each sentence: [its text, [form, MISC] of each token]."""
    from conllu import parse

    return {
        path.stem: [
            [sentence.metadata["text"], [[token["form"], token["misc"] or {}] for token in sentence]]
            for sentence in parse(path.read_text("utf-8"))
        ]
        for path in sorted(folder.glob("*.conllu"))
    }


def parquet(folder: Path) -> Found:
    """pyarrow. Of each table: [types of its columns, its rows]."""
    from pyarrow import parquet as library

    found: Found = {}
    for path in sorted(folder.glob("*.parquet")):
        table = library.read_table(path)
        found[path.stem] = [{field.name: str(field.type) for field in table.schema}, table.to_pylist()]
    return found


READERS: dict[str, Callable[[Path], Found]] = {
    "cas-xmi": cas_xmi,
    "stam": stam,
    "brat": brat,
    "conll": conll,
    "parquet": parquet,
}

if __name__ == "__main__":
    json.dump(READERS[sys.argv[1]](Path(sys.argv[2])), sys.stdout, ensure_ascii=True)
