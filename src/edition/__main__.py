"""python -m edition"""

from edition.cli import run

run()
