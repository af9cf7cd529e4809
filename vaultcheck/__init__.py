"""vaultcheck: does an Obsidian vault hold together, and is what it states right?"""

__version__ = "0.1.0"
