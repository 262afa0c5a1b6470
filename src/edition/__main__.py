"""python -m edition"""

from edition.app.cli import run

run()
