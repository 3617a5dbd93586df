"""Addresses of profiles that nobody may choose: they would speak for the site, or for somebody who has just left."""

from datetime import timedelta

# A printed QR or a shared link must not lead to somebody else before its readers have had time to see it fail.
KEPT_FOR = timedelta(days=90)
# So that nobody keeps the good ones by trying them all on.
MOST_KEPT = 3

RESERVED = frozenset(
    """
    about abuse accueil admin administrateur administration administrator aide anonyme anonymous api app assistance
    auth badge badges compte confidentialite connexion connexions contact contributeurs copyright cookies demo
    developer developpeur dpo email equipe error facebook faq galerie google help help-desk hostmaster info inscription
    invite legal linkedin login logout mail media membre membres mentions-legales moderateur moderation moderator
    modo news noreply no-reply notifications null obtenir official officiel ouverture page pages parametres
    passeport passport password postmaster presse privacy profil profile root rgpd securite security service
    settings signalement site sitemap staff static status support sysadmin system systeme team test undefined user
    users utilisateur verification verifier webmaster www
    """.split()  # noqa: SIM905 - a list of words is read as one
)
