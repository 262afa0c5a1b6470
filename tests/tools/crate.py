"""An RO-Crate as `rocrate` reads it: its name, licence, and its files with the sizes it finds, as JSON."""

import json
import sys
from pathlib import Path

from rocrate.rocrate import ROCrate

crate = ROCrate(sys.argv[1])
files = {
    e.id: [int(e["contentSize"]), (Path(sys.argv[1]) / e.id).stat().st_size]
    for e in crate.get_by_type("File")
}
print(
    json.dumps(
        {
            "name": crate.name,
            "license": crate.license.id,
            "authors": [a.id for a in crate.root_dataset["author"]],
            "files": files,
        }
    )
)
