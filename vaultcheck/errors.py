"""What stops a run: mistakes that the person at the keyboard can mend. Caught once, in `cli`."""

from __future__ import annotations


class VaultcheckError(Exception):
    """Base of every error that ends a run with exit code 2 and one line on standard error."""


class ConfigError(VaultcheckError):
    """A configuration file that cannot be used.

    `file` is shown as given, `where` is a key or a line ("line 4", "rules.broken-link"), `reason` says
    what is wrong and, where it can, what was probably meant.
    """

    def __init__(self, file: str, where: str, reason: str) -> None:
        super().__init__(f"{file}: {where}: {reason}" if where else f"{file}: {reason}")
        self.file, self.where, self.reason = file, where, reason


class VaultError(VaultcheckError):
    """A vault that cannot be read at all: no such folder, no permission, no notes in it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class WriteError(VaultcheckError):
    """A file that could not be written; nothing was changed."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class RuleCrash(Exception):  # noqa: N818  (a bug, not an error that the user can act on)
    """A rule raised: a bug in vaultcheck, never swallowed. The cause is chained."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"the rule {rule} failed")
        self.rule = rule
