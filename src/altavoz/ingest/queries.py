"""What other rooms and our pages ask about sources; every function loads all that its answer shows."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from altavoz.core.fetch import Failure, Reason, in_words
from altavoz.ingest import backwards, words
from altavoz.ingest.models import Archive, Entry, Import, Proof, Source
from altavoz.ingest.states import Health, ProofState, SourceKind, SourceState


def entries(ids: Collection[int]) -> list[Entry]:
    """Return those entries with their sources, by id."""
    return list(Entry.objects.filter(pk__in=ids).select_related("source").order_by("pk"))


def newest_entries(source: Source, limit: int = 20) -> list[Entry]:
    """Return the newest living entries of a source."""
    living = Entry.objects.filter(source=source, gone_at=None)
    return list(living.order_by("-published_at", "-pk")[:limit])


def sources_of(owner: str) -> QuerySet[Source]:
    """Return the sources of a creator that were not removed, with `living_entries` counted, in the order they came."""
    living = Count("entries", filter=Q(entries__gone_at=None))
    return (
        Source.objects.filter(owner=owner)
        .exclude(state=SourceState.REMOVED.value)
        .annotate(living_entries=living)
        .order_by("pk")
    )


def proofs_of(account_id: int, owner: str = "") -> QuerySet[Proof]:
    """Return an account's proofs that were not withdrawn, with their sources; those of one owner if given."""
    found = Proof.objects.filter(account_id=account_id).exclude(state=ProofState.WITHDRAWN.value)
    if owner:
        found = found.filter(source__owner=owner)
    return found.select_related("source").order_by("pk")


def public_sources(owner: str) -> list[Source]:
    """Return where an owner publishes, each with its valid proofs as `shown_proofs`, in the order they came."""
    proved = Proof.objects.filter(state=ProofState.PROVED.value).order_by("proved_at", "pk")
    found = Source.objects.filter(owner=owner, state=SourceState.LIVING.value).order_by("pk")
    return list(found.prefetch_related(Prefetch("proofs", proved, to_attr="shown_proofs")))


def has_proof(account_id: int, owner: str) -> bool:
    """Tell whether the account has a valid proof for any source of that owner."""
    return Proof.objects.filter(
        account=account_id, source__owner=owner, state=ProofState.PROVED.value
    ).exists()


def claimants(owner: str) -> frozenset[int]:
    """Return the accounts that proved, or are about to prove, that a source of this owner is theirs."""
    open_states = (ProofState.WAITING.value, ProofState.PROVED.value)
    proofs = Proof.objects.filter(source__owner=owner, state__in=open_states)
    return frozenset(proofs.values_list("account_id", flat=True))


def imports_of(source: Source, limit: int = 10) -> list[Import]:
    """Return the last imports that changed something."""
    return list(Import.objects.filter(source=source).order_by("-at")[:limit])


def has_back_catalogue(source: Source) -> bool:
    """Tell whether there may be a way to what a source published before its feed begins."""
    return backwards.is_possible(source.kind, source.feed_url, key=settings.ALTAVOZ_YOUTUBE_KEY)


def back_catalogue_in_words(source: Source) -> Promise | None:
    """Return how far reading the older works of a source is, for its owner; None where nobody asked for them."""
    archive = Archive.objects.filter(source=source).first()
    return words.archive(archive.state, archive.reason, archive.works) if archive else None


def health_in_words(source: Source) -> Promise:
    """Return how a source is doing and what happens next, for its owner."""
    if source.kind == SourceKind.CATALOGUE:
        return _("This is a catalogue. It is read when somebody imports it.")
    if source.state == SourceState.REMOVED:
        return _("This source was removed. We do not look at it any more.")
    if source.health == Health.GONE:
        return _(
            "The site says that this is gone for good, so we stopped looking. Add it again if it came back."
        )
    if source.health == Health.NEW:
        return _("We have not looked at this source yet. The first visit comes within minutes.")
    if source.health == Health.WELL:
        return _("All is well. We look for news by ourselves.")
    return format_lazy(
        pgettext_lazy("three sentences", "{what} {often} {next}"),
        what=_what_happened(source),
        often=_how_often(source),
        next=_what_next(source),
    )


def _what_happened(source: Source) -> Promise:
    if source.last_reason == "status":
        return format_lazy(_("The site answered with error {status}."), status=source.last_status)
    if source.last_reason.startswith("not_a_feed"):
        return _("What stands at this address is not a feed that can be read.")
    if source.last_reason in set(Reason):
        return in_words(Failure(source.feed_url, Reason(source.last_reason), ""))
    return _("We could not read what the site sent.")


def _how_often(source: Source) -> Promise:
    words = ngettext_lazy("That happened %(count)s time.", "That happened %(count)s times in a row.", "count")
    return format_lazy("{}", words % {"count": source.failures})


def _what_next(source: Source) -> Promise:
    if source.health == Health.FAILING:
        return _("We try again every day; please check the address.")
    return _("We try again in a while; you need not do anything.")
