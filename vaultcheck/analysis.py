"""What is true of a vault: notes, index, what every link reaches, the graph. Findings are made elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from vaultcheck.cache import Store
from vaultcheck.config import Config
from vaultcheck.graph import hidden
from vaultcheck.graph.hidden import Hidden
from vaultcheck.graph.index import Index
from vaultcheck.graph.model import Missing, Part, Resolution, Resolved
from vaultcheck.graph.resolve import Resolver
from vaultcheck.graph.slugs import SlugIndex
from vaultcheck.graph.suggest import Suggester
from vaultcheck.note.head import split_tags
from vaultcheck.note.model import Context, Defect, DefectKind, Link, Note
from vaultcheck.processes import cores
from vaultcheck.proof.asked import asked_for
from vaultcheck.proof.proving import NOBODY, Proving
from vaultcheck.proof.status import StatusTag, status_tags
from vaultcheck.reading import Progress, read_notes, silent
from vaultcheck.source import NotePath
from vaultcheck.vault import Vault

if TYPE_CHECKING:  # a vault without claims, or a report that asks for none, does not pay for them
    from vaultcheck.proof.appraisal import Appraisal

_RESOLVED = frozenset({Resolved})


class Reach(NamedTuple):
    """A link, the file it is written in, and what it reaches."""

    path: NotePath
    link: Link
    resolution: Resolution


class Analysis:
    """Everything a rule may ask.

    `notes` holds the notes and the canvases by path, sorted; `resolutions[path][i]` belongs to
    `notes[path].links[i]`; `unresolved` lists the links that are ambiguous or missing, in order of path and place;
    `unreadable` maps files that could not be read to the reason.
    """

    def __init__(
        self,
        vault: Vault,
        config: Config,
        notes: Mapping[NotePath, Note],
        index: Index,
        resolutions: Mapping[NotePath, tuple[Resolution, ...]],
        unresolved: tuple[Reach, ...],
        unreadable: Mapping[NotePath, str],
        proving: Proving = NOBODY,
    ) -> None:
        self.vault: Final = vault
        self.config: Final = config
        self.notes: Final = notes
        self.index: Final = index
        self.resolutions: Final = resolutions
        self.unresolved: Final = unresolved
        self.unreadable: Final = unreadable
        self.proving: Final = proving

    @cached_property
    def appraisal(self) -> Appraisal:
        """What the notes claim, the verdicts, and what each claim is worth; judged when first asked for."""
        from vaultcheck.proof.appraisal import appraise

        return appraise(self, self.proving)

    @cached_property
    def asked(self) -> Mapping[NotePath, Note]:
        """The notes whose formulas a report looks at: those with claims that somebody marked and what these rest on,
        or all of them where the configuration says so."""
        if self.config.claims == "all":
            return self.notes
        wanted = asked_for(self)
        return {path: note for path, note in self.notes.items() if path in wanted}

    @cached_property
    def status_tags(self) -> Mapping[NotePath, Sequence[StatusTag]]:
        """The status tags of the notes and canvases that have some, in order of path."""
        return status_tags(self.notes, self.config.tags)

    @cached_property
    def suggest(self) -> Suggester:
        """Nearest existing names for what a link asks for in vain."""
        return Suggester(self.index)

    @cached_property
    def reported(self) -> tuple[Reach, ...]:
        """The unresolved links that a reader meets: those in comments and in template code only when asked for.

        What an unreadable note holds is not known, so its headings and blocks are not missed.
        """
        wanted = {Context.BODY}
        if self.config.check_comments:
            wanted.add(Context.COMMENT)
        if self.config.check_templates:
            wanted.add(Context.TEMPLATE)
        return tuple(
            reach
            for reach in self.unresolved
            if reach.link.context in wanted
            and not (isinstance(reach.resolution, Missing) and reach.resolution.path in self.unreadable)
        )

    def missing(self, part: Part) -> Iterator[tuple[NotePath, Link, Missing]]:
        """The reported links of which this part is missing: where they are written, and what they ask for."""
        for path, link, resolution in self.reported:
            if isinstance(resolution, Missing) and resolution.part is part:
                yield path, link, resolution

    def defects(self, kind: DefectKind) -> Iterator[tuple[NotePath, Defect]]:
        """What the reader met of this kind, and in which file, in order."""
        for path, defect in self._defects:
            if defect.kind is kind:
                yield path, defect

    @cached_property
    def _defects(self) -> tuple[tuple[NotePath, Defect], ...]:
        return tuple((path, defect) for path, note in self.notes.items() if note.defects for defect in note.defects)

    def slugs(self, path: NotePath) -> SlugIndex:
        """The headings of a note by the anchors that GitHub makes of them."""
        if path not in self._slugs:
            self._slugs[path] = SlugIndex(self.notes[path].headings)
        return self._slugs[path]

    @cached_property
    def _slugs(self) -> dict[NotePath, SlugIndex]:
        return {}

    @cached_property
    def asked_for(self) -> Mapping[str, int]:
        """How many of the reported links ask for each missing note, by its name in lower case."""
        return Counter(missing.name.lower() for _, _, missing in self.missing(Part.NOTE))

    @cached_property
    def hidden(self) -> Mapping[str, Hidden]:
        """Files on the disk that links cannot reach, by file name in lower case."""
        return hidden.by_name(self.vault.hidden)


def analyse(
    vault: Vault,
    config: Config,
    store: Store | None = None,
    *,
    stamp: str = "",
    progress: Progress = silent,
    proving: Proving = NOBODY,
) -> Analysis:
    """Everything that is true of a vault: read, index, resolve. Notes come from `store` where they are unchanged.

    `proving` says who judges the claims when somebody asks for them.
    """
    notes, unreadable = read_notes(vault, store, stamp=stamp, jobs=config.jobs or cores(), progress=progress)
    if config.split_tag_strings:
        notes = {path: split_tags(note) for path, note in notes.items()}
    index = Index((*vault.notes, *vault.canvases, *vault.attachments), vault.hidden, notes)
    resolver = Resolver(index)
    resolutions: dict[NotePath, tuple[Resolution, ...]] = {}
    unresolved: list[Reach] = []
    for path, note in notes.items():
        reached = resolutions[path] = resolver.resolve_all(note.links, path) if note.links else ()
        if not _RESOLVED.issuperset(map(type, reached)):
            unresolved += [
                Reach(path, link, resolution)
                for link, resolution in zip(note.links, reached, strict=True)
                if resolution.__class__ is not Resolved
            ]
    for path in vault.unnamed:
        unreadable = {**unreadable, path: "its name is not Unicode, or its folder cannot be opened"}
    return Analysis(vault, config, notes, index, resolutions, tuple(unresolved), unreadable, proving)
