"""ISO 3166-1: the three-letter code and the usual names of each two-letter code."""

from collections.abc import Iterable

from django.utils.translation import get_language

from passport.lib.folding import fold

_PAIRS = """
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE
    BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS
    BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
    COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST
    EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF
    GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD
    HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM
    JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA
    LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
    MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
    NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG
    PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA
    SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD
    STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON
    TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
    VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
ALPHA3 = {pair[:2]: pair[2:] for pair in _PAIRS.split()}

# Usual names, English then French, where the official one would not be looked for.
_NAMES = """
AD Andorra|Andorre; AE United Arab Emirates|Émirats arabes unis; AF Afghanistan|Afghanistan;
AG Antigua and Barbuda|Antigua-et-Barbuda; AI Anguilla|Anguilla; AL Albania|Albanie; AM Armenia|Arménie;
AO Angola|Angola; AQ Antarctica|Antarctique; AR Argentina|Argentine; AS American Samoa|Samoa américaines;
AT Austria|Autriche; AU Australia|Australie; AW Aruba|Aruba; AX Åland Islands|Îles Åland;
AZ Azerbaijan|Azerbaïdjan; BA Bosnia and Herzegovina|Bosnie-Herzégovine; BB Barbados|Barbade;
BD Bangladesh|Bangladesh; BE Belgium|Belgique; BF Burkina Faso|Burkina Faso; BG Bulgaria|Bulgarie;
BH Bahrain|Bahreïn; BI Burundi|Burundi; BJ Benin|Bénin; BL Saint Barthélemy|Saint-Barthélemy;
BM Bermuda|Bermudes; BN Brunei|Brunei; BO Bolivia|Bolivie; BQ Caribbean Netherlands|Pays-Bas caribéens;
BR Brazil|Brésil; BS Bahamas|Bahamas; BT Bhutan|Bhoutan; BV Bouvet Island|Île Bouvet; BW Botswana|Botswana;
BY Belarus|Biélorussie; BZ Belize|Belize; CA Canada|Canada; CC Cocos Islands|Îles Cocos;
CD Democratic Republic of the Congo|République démocratique du Congo;
CF Central African Republic|République centrafricaine; CG Congo|Congo; CH Switzerland|Suisse;
CI Côte d’Ivoire|Côte d’Ivoire; CK Cook Islands|Îles Cook; CL Chile|Chili; CM Cameroon|Cameroun;
CN China|Chine; CO Colombia|Colombie; CR Costa Rica|Costa Rica; CU Cuba|Cuba; CV Cabo Verde|Cap-Vert;
CW Curaçao|Curaçao; CX Christmas Island|Île Christmas; CY Cyprus|Chypre; CZ Czechia|Tchéquie;
DE Germany|Allemagne; DJ Djibouti|Djibouti; DK Denmark|Danemark; DM Dominica|Dominique;
DO Dominican Republic|République dominicaine; DZ Algeria|Algérie; EC Ecuador|Équateur; EE Estonia|Estonie;
EG Egypt|Égypte; EH Western Sahara|Sahara occidental; ER Eritrea|Érythrée; ES Spain|Espagne;
ET Ethiopia|Éthiopie; FI Finland|Finlande; FJ Fiji|Fidji; FK Falkland Islands|Îles Malouines;
FM Micronesia|Micronésie; FO Faroe Islands|Îles Féroé; FR France|France; GA Gabon|Gabon;
GB United Kingdom|Royaume-Uni; GD Grenada|Grenade; GE Georgia|Géorgie; GF French Guiana|Guyane;
GG Guernsey|Guernesey; GH Ghana|Ghana; GI Gibraltar|Gibraltar; GL Greenland|Groenland; GM Gambia|Gambie;
GN Guinea|Guinée; GP Guadeloupe|Guadeloupe; GQ Equatorial Guinea|Guinée équatoriale; GR Greece|Grèce;
GS South Georgia and the South Sandwich Islands|Géorgie du Sud-et-les îles Sandwich du Sud;
GT Guatemala|Guatemala; GU Guam|Guam; GW Guinea-Bissau|Guinée-Bissau; GY Guyana|Guyana;
HK Hong Kong|Hong Kong; HM Heard and McDonald Islands|Îles Heard-et-MacDonald; HN Honduras|Honduras;
HR Croatia|Croatie; HT Haiti|Haïti; HU Hungary|Hongrie; ID Indonesia|Indonésie; IE Ireland|Irlande;
IL Israel|Israël; IM Isle of Man|Île de Man; IN India|Inde;
IO British Indian Ocean Territory|Territoire britannique de l’océan Indien; IQ Iraq|Irak; IR Iran|Iran;
IS Iceland|Islande; IT Italy|Italie; JE Jersey|Jersey; JM Jamaica|Jamaïque; JO Jordan|Jordanie;
JP Japan|Japon; KE Kenya|Kenya; KG Kyrgyzstan|Kirghizistan; KH Cambodia|Cambodge; KI Kiribati|Kiribati;
KM Comoros|Comores; KN Saint Kitts and Nevis|Saint-Christophe-et-Niévès; KP North Korea|Corée du Nord;
KR South Korea|Corée du Sud; KW Kuwait|Koweït; KY Cayman Islands|Îles Caïmans; KZ Kazakhstan|Kazakhstan;
LA Laos|Laos; LB Lebanon|Liban; LC Saint Lucia|Sainte-Lucie; LI Liechtenstein|Liechtenstein;
LK Sri Lanka|Sri Lanka; LR Liberia|Libéria; LS Lesotho|Lesotho; LT Lithuania|Lituanie;
LU Luxembourg|Luxembourg; LV Latvia|Lettonie; LY Libya|Libye; MA Morocco|Maroc; MC Monaco|Monaco;
MD Moldova|Moldavie; ME Montenegro|Monténégro; MF Saint Martin|Saint-Martin; MG Madagascar|Madagascar;
MH Marshall Islands|Îles Marshall; MK North Macedonia|Macédoine du Nord; ML Mali|Mali; MM Myanmar|Birmanie;
MN Mongolia|Mongolie; MO Macao|Macao; MP Northern Mariana Islands|Îles Mariannes du Nord;
MQ Martinique|Martinique; MR Mauritania|Mauritanie; MS Montserrat|Montserrat; MT Malta|Malte;
MU Mauritius|Maurice; MV Maldives|Maldives; MW Malawi|Malawi; MX Mexico|Mexique; MY Malaysia|Malaisie;
MZ Mozambique|Mozambique; NA Namibia|Namibie; NC New Caledonia|Nouvelle-Calédonie; NE Niger|Niger;
NF Norfolk Island|Île Norfolk; NG Nigeria|Nigéria; NI Nicaragua|Nicaragua; NL Netherlands|Pays-Bas;
NO Norway|Norvège; NP Nepal|Népal; NR Nauru|Nauru; NU Niue|Niue; NZ New Zealand|Nouvelle-Zélande;
OM Oman|Oman; PA Panama|Panama; PE Peru|Pérou; PF French Polynesia|Polynésie française;
PG Papua New Guinea|Papouasie-Nouvelle-Guinée; PH Philippines|Philippines; PK Pakistan|Pakistan;
PL Poland|Pologne; PM Saint Pierre and Miquelon|Saint-Pierre-et-Miquelon; PN Pitcairn|Pitcairn;
PR Puerto Rico|Porto Rico; PS Palestine|Palestine; PT Portugal|Portugal; PW Palau|Palaos;
PY Paraguay|Paraguay; QA Qatar|Qatar; RE Réunion|La Réunion; RO Romania|Roumanie; RS Serbia|Serbie;
RU Russia|Russie; RW Rwanda|Rwanda; SA Saudi Arabia|Arabie saoudite; SB Solomon Islands|Îles Salomon;
SC Seychelles|Seychelles; SD Sudan|Soudan; SE Sweden|Suède; SG Singapore|Singapour;
SH Saint Helena, Ascension and Tristan da Cunha|Sainte-Hélène, Ascension et Tristan da Cunha;
SI Slovenia|Slovénie; SJ Svalbard and Jan Mayen|Svalbard et Jan Mayen; SK Slovakia|Slovaquie;
SL Sierra Leone|Sierra Leone; SM San Marino|Saint-Marin; SN Senegal|Sénégal; SO Somalia|Somalie;
SR Suriname|Suriname; SS South Sudan|Soudan du Sud; ST São Tomé and Príncipe|Sao Tomé-et-Principe;
SV El Salvador|Salvador; SX Sint Maarten|Saint-Martin (partie néerlandaise); SY Syria|Syrie;
SZ Eswatini|Eswatini; TC Turks and Caicos Islands|Îles Turques-et-Caïques; TD Chad|Tchad;
TF French Southern Territories|Terres australes françaises; TG Togo|Togo; TH Thailand|Thaïlande;
TJ Tajikistan|Tadjikistan; TK Tokelau|Tokelau; TL Timor-Leste|Timor oriental; TM Turkmenistan|Turkménistan;
TN Tunisia|Tunisie; TO Tonga|Tonga; TR Türkiye|Turquie; TT Trinidad and Tobago|Trinité-et-Tobago;
TV Tuvalu|Tuvalu; TW Taiwan|Taïwan; TZ Tanzania|Tanzanie; UA Ukraine|Ukraine; UG Uganda|Ouganda;
UM United States Minor Outlying Islands|Îles mineures éloignées des États-Unis; US United States|États-Unis;
UY Uruguay|Uruguay; UZ Uzbekistan|Ouzbékistan; VA Vatican City|Vatican;
VC Saint Vincent and the Grenadines|Saint-Vincent-et-les-Grenadines; VE Venezuela|Venezuela;
VG British Virgin Islands|Îles Vierges britanniques; VI U.S. Virgin Islands|Îles Vierges des États-Unis;
VN Vietnam|Viêt Nam; VU Vanuatu|Vanuatu; WF Wallis and Futuna|Wallis-et-Futuna; WS Samoa|Samoa;
YE Yemen|Yémen; YT Mayotte|Mayotte; ZA South Africa|Afrique du Sud; ZM Zambia|Zambie; ZW Zimbabwe|Zimbabwe
"""
NAMES: dict[str, tuple[str, str]] = {}
for _entry in _NAMES.replace("\n", " ").split(";"):
    _code, _, _both = _entry.strip().partition(" ")
    _english, _, _french = _both.partition("|")
    NAMES[_code] = (_english, _french)


def country_name(code: str) -> str:
    """The name of a country in the language of the page; the code itself when there is no such country."""
    english, french = NAMES.get(code, (code, code))
    return french if (get_language() or "").startswith("fr") else english


def country_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """`codes` with their names, in the order of the alphabet (accents aside), for a form's list."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda choice: fold(choice[1]))
