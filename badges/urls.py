from django.urls import path

from badges.views import credentials, hosted, imports, keys_served, own, statuses
from badges.views import holder_evidence as evidence
from badges.views.accept_all import accept_all
from badges.views.badge import accept, badge, decline, undo
from badges.views.bulk import bulk, bulk_undo
from badges.views.claim import claim, claim_account, claim_badge
from badges.views.claim_answers import (
    claim_adopt,
    claim_decline,
    claim_opened,
    claim_renew,
    claim_undo,
)
from badges.views.download import download
from badges.views.export import export
from badges.views.find import find
from badges.views.forward import claim_forward, forward, forwarded
from badges.views.index import index
from badges.views.picture import picture
from badges.views.profile_badges import profile_badges
from badges.views.unsubscribe import resubscribe, unsubscribe
from badges.views.verify import verify
from badges.views.visibility import visibility

app_name = "badges"

urlpatterns = [
    path("badges/", index, name="index"),
    path("badges/images/<str:name>", picture, name="picture"),
    path("badges/profil/", profile_badges, name="profile_badges"),
    path("badges/tout-accepter/", accept_all, name="accept_all"),
    path("badges/modifier/", bulk, name="bulk"),
    path("badges/modifier/annuler/", bulk_undo, name="bulk_undo"),
    path("badges/exporter/", export, name="export"),
    path("badges/importer/", imports.imports, name="imports"),
    path("badges/importer/garder/", imports.keep, name="import_keep"),
    path("badges/importer/tout-garder/", imports.keep_all, name="import_keep_all"),
    path("badges/importer/ecarter/", imports.discard, name="import_discard"),
    path("badges/<uuid:uid>/", badge, name="badge"),
    path("badges/<uuid:uid>/accepter/", accept, name="accept"),
    path("badges/<uuid:uid>/refuser/", decline, name="decline"),
    path("badges/<uuid:uid>/annuler/", undo, name="undo"),
    path("badges/<uuid:uid>/transmettre/", forward, name="forward"),
    path("badges/<uuid:uid>/visibilite/", visibility, name="visibility"),
    path("badges/<uuid:uid>/reglages/", own.settings, name="settings"),
    path("badges/<uuid:uid>/reglages/ranger/", own.archive, name="archive"),
    path("badges/<uuid:uid>/reglages/ressortir/", own.restore, name="restore"),
    path("badges/<uuid:uid>/preuves/", evidence.holder_evidence, name="holder_evidence"),
    path("badges/<uuid:uid>/preuves/ajouter/", evidence.add_evidence, name="add_evidence"),
    path("badges/<uuid:uid>/preuves/<uuid:evidence>/", evidence.edit_evidence, name="edit_evidence"),
    path(
        "badges/<uuid:uid>/preuves/<uuid:evidence>/supprimer/",
        evidence.delete_evidence,
        name="delete_evidence",
    ),
    path("badges/<uuid:uid>/verifier/", imports.recheck, name="recheck"),
    path("badges/<uuid:uid>/telecharger.<str:extension>", download, name="download"),
    path("verifier/", verify, name="verify"),
    path("obtenir/retrouver/", find, name="find"),
    path("obtenir/transmis/", forwarded, name="forwarded"),
    path("obtenir/desinscription/<str:token>/", unsubscribe, name="unsubscribe"),
    path("obtenir/desinscription/<str:token>/annuler/", resubscribe, name="resubscribe"),
    path("obtenir/<str:token>/", claim, name="claim"),
    path("obtenir/badge/<uuid:uid>/", claim_badge, name="claim_badge"),
    path("obtenir/badge/<uuid:uid>/compte/", claim_account, name="claim_account"),
    path("obtenir/badge/<uuid:uid>/pas-pour-moi/", claim_forward, name="claim_forward"),
    path("obtenir/badge/<uuid:uid>/ouvert/", claim_opened, name="claim_opened"),
    path("obtenir/badge/<uuid:uid>/refuser/", claim_decline, name="claim_decline"),
    path("obtenir/badge/<uuid:uid>/annuler/", claim_undo, name="claim_undo"),
    path("obtenir/badge/<uuid:uid>/ajouter-cette-adresse/", claim_adopt, name="claim_adopt"),
    path("obtenir/badge/<uuid:uid>/nouveau-lien/", claim_renew, name="claim_renew"),
    # Identifiers, for ever (badges/addresses.py): no slash at the end, no redirect.
    path("ob2/assertions/<uuid:uid>", hosted.assertion, name="ob2_assertion"),
    path("ob2/assertions/<uuid:uid>.jws", hosted.assertion_token, name="ob2_assertion_token"),
    path("ob2/badges/<uuid:uid>", hosted.badge_class, name="ob2_badge_class"),
    path("ob2/badges/<uuid:uid>/criteres", hosted.criteria, name="ob2_criteria"),
    path("ob2/issuers/<uuid:uid>", hosted.issuer, name="ob2_issuer"),
    path("ob2/keys/<uuid:uid>", keys_served.cryptographic_key, name="ob2_key"),
    path("ob2/revocations/<uuid:uid>", hosted.revocations, name="ob2_revocations"),
    path("ob2/endorsements/<uuid:uid>", hosted.endorsement, name="ob2_endorsement"),
    path("ob2/evidence/<uuid:uid>", hosted.evidence, name="ob2_evidence"),
    path("ob3/credentials/<uuid:uid>", credentials.credential, name="ob3_credential"),
    path("ob3/credentials/<uuid:uid>.jwt", credentials.credential_token, name="ob3_credential_token"),
    path("ob3/achievements/<uuid:uid>", credentials.achievement, name="ob3_achievement"),
    path("ob3/issuers/<uuid:uid>", credentials.controller, name="ob3_issuer"),
    path("ob3/issuers/<uuid:uid>/did.json", credentials.did, name="ob3_did"),
    path("ob3/keys/<uuid:uid>", keys_served.key, name="ob3_key"),
    path("ob3/status/<uuid:uid>", statuses.status_list, name="ob3_status"),
    path("ob3/endorsements/<uuid:uid>", credentials.endorsement, name="ob3_endorsement"),
]
