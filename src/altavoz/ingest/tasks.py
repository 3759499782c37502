"""Jobs of this room: each loads by id and calls one function."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from altavoz.core import jobs
from altavoz.ingest import actions, visiting
from altavoz.ingest.models import Proof

#: What one run of the minute takes on; the rest is due a minute later.
PER_MINUTE = 2000


@jobs.periodic(cron="* * * * *", name="ingest.poll_due", queue="poll", pass_context=True)
def poll_due(context: jobs.JobContext, timestamp: int) -> None:
    """Visit the sources that are due; leave the rest of them when the worker shall end."""
    visiting.poll_due(at=datetime.fromtimestamp(timestamp, UTC), limit=PER_MINUTE, stop=context.should_abort)


@jobs.periodic(cron="*/10 * * * *", name="ingest.look_after_proofs")
def look_after_proofs(timestamp: int) -> None:
    """Queue a check of every proof that is due."""
    for proof_id in actions.due_proofs(at=datetime.fromtimestamp(timestamp, UTC)):
        jobs.defer_once(check_proof, f"ingest.check_proof:{proof_id}", proof_id=proof_id)


@jobs.periodic(cron="*/10 * * * *", name="ingest.look_after_subscriptions")
def look_after_subscriptions(timestamp: int) -> None:
    """Queue the renewal of every subscription that is due."""
    for subscription_id in actions.due_subscriptions(at=datetime.fromtimestamp(timestamp, UTC)):
        jobs.defer_once(subscribe, f"ingest.subscribe:{subscription_id}", subscription_id=subscription_id)


@jobs.task(name="ingest.poll_source", queue="push")
def poll_source(source_id: int) -> None:
    """Visit one source now."""
    visiting.poll_source(source_id, at=timezone.now())


@jobs.task(name="ingest.check_proof")
def check_proof(proof_id: int) -> None:
    """Look for one proof."""
    proof = Proof.objects.select_related("source").filter(pk=proof_id).first()
    if proof is not None:
        visiting.check_proof(proof, at=timezone.now(), resolver=visiting.DnsResolver())


@jobs.task(name="ingest.subscribe")
def subscribe(subscription_id: int) -> None:
    """Ask one hub."""
    visiting.subscribe(subscription_id, at=timezone.now())


@jobs.task(name="ingest.read_push", queue="push")
def read_push(push_id: int) -> None:
    """Read what a hub sent."""
    actions.read_push(push_id=push_id, at=timezone.now())


@jobs.task(name="ingest.discover", queue="discover", retry=False)
def discover(discovery_id: int) -> None:
    """Look at what somebody pasted; they wait for it, and may look again themselves."""
    visiting.look(discovery_id, at=timezone.now())


@jobs.periodic(cron="*/10 * * * *", name="ingest.forget_discoveries")
def forget_discoveries(timestamp: int) -> None:
    """Forget what was pasted and never confirmed."""
    actions.forget_discoveries(at=datetime.fromtimestamp(timestamp, UTC))


@jobs.task(name="ingest.read_archive", queue="poll")
def read_archive(archive_id: int) -> None:
    """Read one page of what a source published before."""
    visiting.read_archive(archive_id, at=timezone.now())


@jobs.periodic(cron="*/10 * * * *", name="ingest.look_after_archives")
def look_after_archives(timestamp: int) -> None:
    """Queue the next page of every archive that waited long enough."""
    for archive_id in actions.due_archives(at=datetime.fromtimestamp(timestamp, UTC)):
        jobs.defer_once(read_archive, f"ingest.read_archive:{archive_id}", archive_id=archive_id)


@jobs.periodic(cron="17 3 * * *", name="ingest.sweep")
def sweep(timestamp: int) -> None:
    """Drop pushes that could not be read for a day: the next poll brings the same."""
    from altavoz.ingest.models import Push

    Push.objects.filter(received_at__lt=datetime.fromtimestamp(timestamp, UTC) - timedelta(days=1)).delete()
