"""Customers that do not exist: names, addresses, tax ids and people as each country writes them."""

from dataclasses import dataclass
from random import Random
from unicodedata import normalize

from stdnum import get_cc_module

# Country; town; postal code; street.
ADDRESSES = """
DE;Hamburg;20457;Speicherstraße 9
DE;Köln;50667;Am Domhof 3
AT;Wien;1010;Am Hof 11
CH;Zürich;8001;Bahnhofstrasse 21
GB;Leeds;LS1 4DY;7 Canal Wharf
GB;London;EC2A 4NE;88 Worship Street
IE;Cork;T12 X8N6;3 Lapps Quay
FR;Lyon;69002;12 rue de la République
NL;Rotterdam;3011 AA;Blaak 520
BE;Gent;9000;Korenmarkt 4
IT;Torino;10121;Via Roma 101
ES;Valencia;46002;Calle de la Paz 8
SE;Göteborg;411 05;Kungsgatan 2
PL;Poznań;61-701;ul. Fredry 7
DK;Aarhus;8000;Havnegade 5
US;Columbus, OH;43215;400 North High Street
US;Reno, NV;89501-1234;1 East Liberty Street
CA;Toronto;M5V 2T6;200 Front Street West
JP;Osaka;530-0001;3-1-3 Umeda, Kita-ku
"""
FORMS = {
    "DE": ("GmbH", "AG", "GmbH & Co. KG"),
    "AT": ("GmbH", "AG"),
    "CH": ("AG", "GmbH"),
    "GB": ("Ltd", "PLC", "Limited"),
    "IE": ("Ltd", "DAC"),
    "FR": ("SAS", "SARL", "SA"),
    "NL": ("B.V.", "N.V."),
    "BE": ("BV", "NV"),
    "IT": ("S.r.l.", "S.p.A."),
    "ES": ("S.L.", "S.A."),
    "SE": ("AB",),
    "PL": ("Sp. z o.o.", "S.A."),
    "DK": ("A/S", "ApS"),
    "US": ("Inc.", "LLC", "Corp."),
    "CA": ("Inc.", "Ltd."),
    "JP": ("K.K.", "Co., Ltd."),
}
# A VAT id's form: 9 is a digit, the rest stands.
SHAPES = {
    "DE": "DE999999999",
    "AT": "ATU99999999",
    "GB": "GB999999999",
    "FR": "FR83999999999",
    "NL": "NL999999999B01",
    "BE": "BE0999999999",
    "IT": "IT99999999999",
    "ES": "ESB99999999",
    "SE": "SE999999999901",
    "PL": "PL9999999999",
    "DK": "DK99999999",
}
PLACES = {
    land: [tuple(row.split(";")[1:]) for row in ADDRESSES.split("\n") if row.startswith(f"{land};")] for land in FORMS
}
STEMS = (
    "Alder Logistics", "Breitner Spedition", "Nordwind Transport", "Groß & Söhne", "Halvorsen Cargo", "Kestrel Haulage",
    "Compagnie Générale des Transports Frigorifiques de l'Ouest", "Müller-Lüdenscheidt Kühllogistik", 
    "Oak & Iron Carriers",
    "Vandermeer Distributie", "Tanaka Express Freight", "Petrichor Deliveries", "Quayside Removals", "Łódzkie Przewozy",
    "International Association of Regional Refrigerated Road Haulage and Parcel Delivery Operators", "Bluebird Buses",
    "Saltmarsh Timber", "Åkerlund Åkeri", "Ferretti Trasporti Internazionali", "Montoya e Hijos", "Zephyr Couriers",
)  # fmt: skip
FIRST = ("Anna", "Jörg", "Siobhán", "Marek", "Lucía", "Kenji", "Ines", "Thomas", "Aoife", "Élodie", "Wim", "Grace")
LAST = ("Keller", "O’Rourke", "Nowak", "García", "Sato", "Lindqvist", "De Vries", "Rossi", "Dupont", "Hughes", "Baker")
TITLES = ("Chief Operating Officer", "Managing Director", "Head of Procurement", "CFO", "Fleet Director")
PHONES = ("+49 40 123456", "+44 20 7946 0018", "+1 (614) 555-0142", "+353 21 496 0000", "+81 6-6345-0001", "")


@dataclass(frozen=True)
class Customer:
    name: str
    street: str
    city: str
    postal_code: str
    country: str
    vat_id: str
    domain: str
    people: tuple[tuple[str, str, str, str], ...]  # name, title, e-mail, phone


def customer(chance: Random, country: str = "") -> Customer:
    land = country or chance.choice(sorted(PLACES))
    city, code, street = chance.choice(PLACES[land])
    stem = chance.choice(STEMS)
    domain = f"{letters(stem)[:24]}.example"
    names = chance.sample([f"{first} {last}" for first in FIRST for last in LAST], 3)
    people = tuple(
        (name, title, f"{'.'.join(map(letters, name.split(' ', 1)))}@{domain}", chance.choice(PHONES))
        for name, title in zip(names, chance.sample(TITLES, 3), strict=True)
    )
    vat = vat_id(chance, land) if land in SHAPES and chance.random() < 0.9 else ""
    return Customer(f"{stem} {chance.choice(FORMS[land])}", street, city, code, land, vat, domain, people)


def vat_id(chance: Random, country: str) -> str:
    """One whose check digits are right."""
    shape = SHAPES[country]
    rule = get_cc_module(country.lower(), "vat")
    while True:
        found = "".join(str(chance.randrange(10)) if letter == "9" else letter for letter in shape)
        if country == "FR":
            siren = found[4:]
            found = f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"
        if rule is None or rule.is_valid(found):
            return found


def letters(text: str) -> str:
    """As in an address of the internet."""
    plain = normalize("NFKD", text.translate(str.maketrans("Ł", "L")).casefold())
    return "".join(c for c in plain if c.isascii() and c.isalnum())
