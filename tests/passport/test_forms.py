import pytest
from django import forms
from django.test import override_settings

from passport.lib.forms import Renderer

pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture
def plain_static():
    with override_settings(
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    ):
        yield


class InvitationForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Help")
    country = forms.ChoiceField(label="Country", choices=[("FR", "France")])
    about = forms.CharField(label="About", widget=forms.Textarea(attrs={"class": "tall"}))
    order = forms.ChoiceField(label="Order", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agree")
    token = forms.CharField(widget=forms.HiddenInput)


def group(name, data=None):
    return InvitationForm(data, renderer=Renderer())[name].as_field_group()


def test_field_has_label_input_and_help():
    html = group("email")
    assert '<label for="id_email">E-mail</label>' in html
    assert 'class="input"' in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert '<p class="field__help" id="id_email_helptext">Help</p>' in html
    assert "aria-invalid" not in html


def test_field_with_an_error_says_so_to_eyes_and_ears():
    html = group("email", {"email": "<b>"})
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert '<div id="id_email_error">' in html
    assert html.count('class="field__error"') == 1
    assert 'value="&lt;b&gt;"' in html


@pytest.mark.parametrize(
    "name,css",
    [("country", 'class="select"'), ("about", 'class="tall textarea"'), ("email", 'class="input"')],
)
def test_widgets_wear_the_site_s_classes(name, css):
    assert css in group(name)


def test_radios_are_a_fieldset_of_choices():
    html = group("order", {"order": ""})
    assert '<fieldset class="field" id="id_order" aria-describedby="id_order_error">' in html
    assert '<legend class="label">Order</legend>' in html
    assert html.count('<label class="choice"') == 2
    assert '<div id="id_order_error">' in html


def test_checkbox_is_inside_its_label_and_never_ticked():
    html = group("agree")
    assert (
        '<label class="check"><input type="checkbox" name="agree" required id="id_agree"><span>Agree' in html
    )


def test_hidden_field_has_no_class():
    assert (
        str(InvitationForm(renderer=Renderer())["token"])
        == '<input type="hidden" name="token" id="id_token">'
    )
