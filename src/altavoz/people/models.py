"""Accounts, profiles, teams, affiliations and consent: who people are to us and to each other."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages
from altavoz.people import places
from altavoz.people.states import ROLE_STEPS, Basis, Closeness, Purpose, Role, TeamKind

# No vowels and no look-alikes: easy to read out, and it spells nothing.
_PUBLIC_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_public_id() -> str:
    """Return a fresh short code by which a person may be named without their e-mail address."""
    return "".join(secrets.choice(_PUBLIC_ALPHABET) for _ in range(12))


def validate_language(tag: str) -> None:
    """Raise ValidationError unless `tag` is a BCP 47 tag in its usual form."""
    if tag == "und" or languages.normalise(tag) != tag:
        raise ValidationError(_("%(tag)s is not a language we know."), code="language", params={"tag": tag})


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts that have no password: people sign in by e-mail code or passkey."""

    def create_superuser(self, email: str, **fields: Any) -> "Account":
        """Make the account of an operator, who signs in like everybody else."""
        fields.pop("password", None)
        fields.setdefault("name", email.partition("@")[0])
        fields.setdefault("date_joined", timezone.now())
        account = self.model(email=email, is_staff=True, is_superuser=True, **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        Profile.objects.using(self._db).create(account=account)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    public_id = models.CharField(_("code"), max_length=12, unique=True, default=new_public_id, editable=False)
    language = models.CharField(_("language of the pages and e-mails"), max_length=10, default="es")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False, name="", is_staff=False),
                name="people_account_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        """Return the name shown to others."""
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name for pages: of an erased person, the words for that in the reader's language."""
        if self.erased_at:
            return gettext("Erased person")
        return self.name or gettext("Somebody without a name")

    def set_password(self, raw_password: str | None) -> None:  # noqa: ARG002 Django's own shape
        """Keep the account without a password, whoever asks."""
        self.set_unusable_password()


class Profile(models.Model):
    """What a person told us about themselves."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="profile")
    reads = ArrayField(
        models.CharField(max_length=35, validators=[validate_language]),
        verbose_name=_("languages you read"), default=list, blank=True, size=60,
    )  # fmt: skip
    writes = ArrayField(
        models.CharField(max_length=35, validators=[validate_language]),
        verbose_name=_("languages you write"), default=list, blank=True, size=60,
    )  # fmt: skip
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[places.validate_country])
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[places.validate_time_zone]
    )
    about = models.TextField(_("about you"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"), name="people_profile_country"
            ),
            models.CheckConstraint(condition=~Q(time_zone=""), name="people_profile_time_zone"),
        ]


class Team(models.Model):
    """The people of one language who do one kind of work."""

    language = models.CharField(_("language"), max_length=35, validators=[validate_language])
    kind = models.CharField(_("kind"), max_length=20, choices=TeamKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "kind"], name="people_team_once"),
            models.CheckConstraint(condition=Q(kind__in=TeamKind.values), name="people_team_kind"),
        ]

    def __str__(self) -> str:
        """Return the team's name in the reader's language."""
        return gettext("%(kind)s in %(language)s") % {
            "kind": self.get_kind_display(), "language": languages.autonym(self.language),
        }  # fmt: skip


class Membership(models.Model):
    """A person's time in a team; a past one is kept, for who decided what was once a member."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "account"],
                condition=Q(left_at__isnull=True),
                name="people_membership_one_open",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="people_membership_role"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="people_membership_times",
            ),
        ]

    @property
    def next_roles(self) -> list[Role]:
        """The roles one step away, in order."""
        return [role for role in Role if role in ROLE_STEPS[self.role]]


class Affiliation(models.Model):
    """Two people too close to judge each other's work; every ground stands by itself until it ends."""

    one = models.ForeignKey(Account, models.CASCADE, related_name="+")
    other = models.ForeignKey(Account, models.CASCADE, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis)
    declared_by = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=100)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="people_affiliation_order"),
            models.CheckConstraint(
                condition=Q(
                    Q(declared_by=F("one")) | Q(declared_by=F("other")),
                    basis=Basis.DECLARED,
                    declared_by__isnull=False,
                )
                | Q(basis=Basis.DERIVED, declared_by__isnull=True),
                name="people_affiliation_basis",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")),
                name="people_affiliation_times",
            ),
            models.UniqueConstraint(
                fields=["one", "other", "declared_by"],
                condition=Q(ended_at__isnull=True, basis=Basis.DECLARED),
                name="people_affiliation_one_declared",
            ),
            models.UniqueConstraint(
                fields=["one", "other", "reason"],
                condition=Q(ended_at__isnull=True, basis=Basis.DERIVED),
                name="people_affiliation_one_derived",
            ),
        ]
        indexes = [
            models.Index(
                fields=["other"], condition=Q(ended_at__isnull=True), name="people_affiliation_other"
            )
        ]

    @property
    def reason_in_words(self) -> str:
        """The declared reason in the reader's language; a derived one as the program wrote it."""
        return str(Closeness(self.reason).label) if self.basis == Basis.DECLARED else self.reason


class Consent(models.Model):
    """What a person agreed to, from when until when."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_one_open",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="people_consent_times",
            ),
        ]


class Session(AbstractBaseSession):
    """A sign-in on one device; it knows its account, so that leaving ends it everywhere."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return the store that writes these rows."""
        from altavoz.people.sessions import SessionStore

        return SessionStore
