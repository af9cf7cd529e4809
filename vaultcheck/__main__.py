"""`python -m vaultcheck` is the command `vaultcheck`."""

from vaultcheck.cli.main import main

if __name__ == "__main__":
    main()
