"""A GEXF file as networkx reads it: nodes and edges, as JSON."""

import json
import sys

import networkx

graph = networkx.read_gexf(sys.argv[1])
nodes = {
    key: {"label": data["label"], "mentions": data["mentions"], "kind": data["kind"]}
    for key, data in graph.nodes(data=True)
}
print(
    json.dumps(
        {"nodes": nodes, "edges": [[*sorted(ends), data["weight"]] for *ends, data in graph.edges(data=True)]}
    )
)
