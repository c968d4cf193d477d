"""Captioned photographs: what is typed on the mount, and what is embedded in the file. Scenes are drawn, names
invented."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Photograph:
    """A print on its mount; `embedded` is IPTC by dataset name, `exif` the arguments of embedded.exif."""

    name: str
    scene: str
    caption: str
    embedded: dict = field(default_factory=dict)
    exif: dict = field(default_factory=dict)
    encoding: str = "utf-8"
    strip: bool = False  # the caption is pasted on the print instead of typed on the mount
    turned: int = 0  # EXIF orientation


RIGHTS = "CC0 1.0. Sample made for the project / Muestra hecha para el proyecto"

PHOTOGRAPHS = (
    Photograph(
        "foto-0001",
        "crowd",
        "San Salvador, 1 de mayo de 1983. La marcha del Día del Trabajo llega a la plaza; "
        "es la primera desde 1980. Foto: Ramiro Inventado",
        {
            "title": "Marcha del Día del Trabajo",
            "caption": "La marcha del Día del Trabajo llega a la plaza, San Salvador, "
            "1 de mayo de 1983. Muestra: la escena es dibujada.",
            "byline": "Ramiro Inventado",
            "byline_title": "Fotógrafo",
            "date": "19830501",
            "city": "San Salvador",
            "country": "El Salvador",
            "country_code": "SLV",
            "keywords": ["manifestaciones", "trabajadores", "San Salvador", "muestra"],
            "credit": "El Rescate (muestra)",
            "copyright": RIGHTS,
        },
        {
            "artist": "Ramiro Inventado",
            "description": "Labor Day march, San Salvador (sample)",
            "taken": "1983:05:01 11:20:00",
            "scanned": "2021:03:02 10:14:05",
            "rights": RIGHTS,
        },
    ),
    Photograph(
        "foto-0002",
        "shelters",
        "Refugee camp, Honduras side of the border, ca. 1982. Plastic sheeting supplied by UNHCR. "
        "Photographer not known.",
        {
            "title": "Refugee camp on the border",
            "caption": "Rows of shelters in a camp for Salvadoran refugees, Honduras, "
            "ca. 1982. Sample: the scene is drawn.",
            "date": "19820000",
            "city": "Colomoncagua",
            "country": "Honduras",
            "country_code": "HND",
            "keywords": ["refugees", "camps", "Honduras", "sample"],
            "copyright": RIGHTS,
        },
        {"description": "Refugee camp, ca. 1982 (sample)", "scanned": "2021:03:02 10:20:41", "rights": RIGHTS},
    ),
    Photograph(
        "foto-0003",
        "church",
        "La iglesia después del terremoto del 10 de octubre de 1986. La torre izquierda quedó rajada. "
        "Foto: Claudia Muestra",
        {
            "title": "Iglesia después del terremoto",
            "caption": "La iglesia del barrio con la torre rajada, unos días después "
            "del terremoto del 10 de octubre de 1986. Muestra: la escena es dibujada.",
            "byline": "Claudia Muestra",
            "date": "19861014",
            "city": "San Salvador",
            "sublocation": "Barrio San Jacinto",
            "country": "El Salvador",
            "country_code": "SLV",
            "keywords": ["terremoto", "iglesias", "daños", "muestra"],
            "copyright": RIGHTS,
        },
        {
            "artist": "Claudia Muestra",
            "description": "Church after the earthquake (sample)",
            "taken": "1986:10:14 08:05:00",
            "scanned": "2021:03:02 10:31:17",
            "rights": RIGHTS,
        },
        strip=True,
    ),
    Photograph(
        "foto-0004",
        "street",
        "Suchitoto, Cuscatlán, noviembre de 1991. Una calle por la mañana, antes del mercado.",
        {
            "title": "Calle de Suchitoto",
            "caption": "Una calle de Suchitoto por la mañana, noviembre de 1991. Muestra: la escena es dibujada.",
            "byline": "Tomás Ficticio",
            "date": "19911100",
            "city": "Suchitoto",
            "state": "Cuscatlán",
            "country": "El Salvador",
            "keywords": ["calles", "Suchitoto", "muestra"],
            "copyright": RIGHTS,
        },
        {
            "artist": "Tomas Ficticio",
            "taken": "1991:11:09 06:40:00",
            "scanned": "2021:03:03 09:02:55",
            "rights": RIGHTS,
        },
        encoding="latin-1",
        turned=6,
    ),
    Photograph(
        "foto-0005",
        "road",
        "Families walking to Guarjila, Chalatenango, on the road home from Mesa Grande. October 1987. "
        "Photo: Alice Specimen",
        {
            "title": "Families on the road home",
            "caption": "Families on the road to Guarjila, department of Chalatenango, on "
            "their way home from Mesa Grande, October 1987. Sample: the scene is drawn.",
            "byline": "Alice Specimen",
            "byline_title": "Photographer",
            "date": "19871011",
            "city": "Guarjila",
            "state": "Chalatenango",
            "country": "El Salvador",
            "country_code": "SLV",
            "keywords": ["repatriation", "refugees", "roads", "sample"],
            "credit": "The Harbor Courier (sample)",
            "copyright": RIGHTS,
        },
        {
            "artist": "Alice Specimen",
            "description": "Families on the road to Guarjila (sample)",
            "taken": "1987:10:11 16:30:00",
            "scanned": "2021:03:03 09:11:20",
            "rights": RIGHTS,
        },
    ),
    Photograph(
        "foto-0006",
        "hills",
        "El volcán de San Vicente, llamado Chinchontepec, desde Tepetitán. Sin fecha.",
        {
            "title": "El volcán de San Vicente desde Tepetitán",
            "caption": "El volcán de San Vicente visto desde Tepetitán. Sin fecha. Muestra: la escena es dibujada.",
            "city": "Tepetitán",
            "state": "San Vicente",
            "country": "El Salvador",
            "keywords": ["volcanes", "paisajes", "San Vicente", "muestra"],
            "copyright": RIGHTS,
        },
        {"scanned": "2021:03:03 09:20:08", "rights": RIGHTS},
    ),
    Photograph(
        "foto-0007",
        "grove",
        'Coffee hills in the west, written on the back: "before the harvest." 1980s. Photo: Thomas Fiction',
        {
            "title": "Coffee hills in the west",
            "caption": "Coffee hills in the west of El Salvador, 1980s. Sample: the scene is drawn.",
            "byline": "Thomas Fiction",
            "city": "Juayua",
            "state": "Sonsonate",
            "country": "El Salvador",
            "country_code": "SLV",
            "keywords": ["coffee", "landscapes", "sample"],
            "copyright": RIGHTS,
        },
        {
            "artist": "Thomas Fiction",
            "description": "Coffee hills (sample)",
            "scanned": "2021:03:03 09:24:31",
            "rights": RIGHTS,
        },
    ),
)
