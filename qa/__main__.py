"""``python -m qa``: everything the board does, without a browser."""

from qa.cli import main

if __name__ == "__main__":
    main()
