"""`python -m sigaudit`."""

from sigaudit.cli import main

main()
