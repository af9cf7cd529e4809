"""The borrowed scripts are the ones that the lock file names, with their licences."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.vendored import OURS, VENDOR, digest, fetched, locked, manifest
from vaultcheck.reports.concept_map import page


def test_every_kept_file_is_in_the_manifest_with_its_hash() -> None:
    kept = {path.name: digest(path.read_bytes()) for path in VENDOR.iterdir() if path.name not in OURS}
    assert kept == manifest()


def test_each_locked_package_is_kept_with_its_licence_and_says_its_version() -> None:
    for package, version in locked().items():
        script = (VENDOR / f"{package}.min.js").read_text(encoding="utf-8")
        assert re.match(rf"// https://d3js\.org/{package}/ v{re.escape(version)} ", script)
        licence = (VENDOR / f"{package}.LICENSE").read_text(encoding="utf-8")
        assert re.search("Permission to use, copy, modify|Redistribution and use in source", licence)


def test_the_page_takes_every_kept_package_and_no_other() -> None:
    assert set(page._VENDOR) == set(locked())


@pytest.mark.slow
def test_the_kept_files_are_what_npm_gives_for_the_lock_file() -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: the borrowed scripts were compared with their manifest only")
    try:
        found = fetched()
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("npm reached no registry: the borrowed scripts were compared with their manifest only")
    assert {name: digest(data) for name, data in found.items()} == manifest()
