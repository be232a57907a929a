"""What may be typed about a webhook."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User, Webhook
from accounts.webhooks import addresses, signing
from accounts.webhooks.addresses import NotAnAddressError, RefusedError, UnknownNameError
from accounts.webhooks.delivering import PURPOSE
from batua.sealing import seal

MOST = 10


class WebhookForm(forms.Form):
    """Makes a webhook, or changes ``webhook``; ``secret`` is what its owner sees once after it was made."""

    fields: dict[str, Any]
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("Where your program listens, like https://example.org/batua."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Type the address of your program."),
            "max_length": gettext_lazy("This address is too long. It may have %(limit_value)d characters."),
        },
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Tell it when"),
        choices=Webhook.Event.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick what it shall be told of."),
            "invalid_choice": gettext_lazy("Choose one of the list."),
        },
    )
    is_on = forms.BooleanField(label=gettext_lazy("In use"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        household: Household,
        user: User,
        webhook: Webhook | None = None,
    ) -> None:
        self.household, self.user, self.webhook, self.secret = household, user, webhook, ""
        started = {"url": webhook.url, "events": webhook.events, "is_on": webhook.is_on} if webhook else {}
        super().__init__(data, initial=started, auto_id="id_webhook_%s")
        if webhook is None:
            del self.fields["is_on"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            target = addresses.target_of(url)
            addresses.checked(target)
        except NotAnAddressError as error:
            raise forms.ValidationError(
                _("This is no address of the web. Write it like https://example.org/batua.")
            ) from error
        except UnknownNameError as error:
            raise forms.ValidationError(_("No computer of this name was found. Check the address.")) from error
        except RefusedError as error:
            raise forms.ValidationError(self._refusal(is_encrypted=target.is_encrypted)) from error
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.webhook is None and Webhook.objects.of(self.household).count() >= MOST:
            self.add_error(None, _("There are %(most)d webhooks already. Delete one you do not need.") % {"most": MOST})
        return cleaned

    def save(self) -> bool:
        """Writes the webhook; False when there is one of this address, with that among the form's errors."""
        values = {name: self.cleaned_data[name] for name in self.fields}
        own = Webhook.objects.of(self.household)
        try:
            with transaction.atomic():
                if self.webhook is not None:
                    own.filter(pk=self.webhook.pk).update(**values)
                else:
                    self.secret = signing.new_secret()
                    sealed = seal(self.secret, purpose=PURPOSE)
                    self.webhook = own.create(household=self.household, created_by=self.user, secret=sealed, **values)
        except IntegrityError:
            self.add_error("url", _("There is a webhook for this address already."))
        return not self.errors

    def _refusal(self, *, is_encrypted: bool) -> str:
        if not is_encrypted:
            return _("Messages about money go encrypted only. Use an address that begins with https://.")
        return _("This address leads into a private network, where Batua does not go. Use a public one.")


def renew_secret(*, webhook: Webhook) -> str:
    """A new secret for the webhook; what was signed with the old one stays so."""
    secret = signing.new_secret()
    Webhook.objects.filter(pk=webhook.pk).update(secret=seal(secret, purpose=PURPOSE))
    return secret
