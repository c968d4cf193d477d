"""Incident reports on a form, a memorandum, and a statement; persons, hamlets and incidents are invented."""

#: Each form: heading lines, then rows of (label, what was typed) and the account.
OPEN_HEAD = ("EL RESCATE - DEPARTAMENTO DE DERECHOS HUMANOS", "INFORME DE INCIDENTE / INCIDENT REPORT")

INCIDENT_0107 = {
    "number": "0107",
    "rows": (
        ("Fecha del hecho / Date of incident", "17, 18 y 19 de mayo de 1983"),
        ("Fecha del informe / Date of report", "21-VI-83"),
        ("Lugar / Place", "caserío El Tusal Viejo, cantón del mismo nombre"),
        ("Jurisdicción / Municipality", "Tecoluca"),
        ("Departamento / Department", "San Vicente"),
        ("Tipo de violación / Type", "captura, amenaza, cateo"),
        ("Víctimas / Victims", "cinco hombres (véase el reverso)"),
        ("Responsables / Responsible", "hombres uniformados; unidad no identificada"),
        ("Fuente / Source", "testimonio de un poblador, 48 años"),
    ),
    "account": """
Dice el declarante que el 17 de mayo, como a las cinco de la mañana, entraron al caserío unos sesenta hombres con uniforme, sin insignia. Reunieron a la gente en la ermita y apartaron a los varones de más de quince años. Un hombre con la cara tapada iba señalando.

Que a él le preguntaron por el nombre de su compadre y contestó que su compadre había muerto en 1979. Que le pegaron una sola vez, con la mano abierta.

Que el 19 por la tarde se llevaron a cinco y que los mismos cinco volvieron al anochecer, caminando, sin zapatos.
""",
    "second": """
= REVERSO / REVERSE SIDE

_ Personas detenidas

| 1. Encarnación Ejemplo, 54, agricultor
| 2. José Ángel Muestra, 23, jornalero
| 3. Tomás Ficticio, 31, agricultor
| 4. Ramiro Inventado, 19, jornalero
| 5. uno que pidió no ser nombrado

_ Observaciones

El declarante no supo decir a qué unidad pertenecían. Oyó que a uno de ellos le decían «mi teniente». Otro testimonio sobre lo mismo lleva el número 0108. Los dos coinciden en los días y en el número de los detenidos, y no en la hora.

_ Seguimiento

Se envió copia a la Cruz Roja el 22 de junio. No se pidió acción urgente, por estar libres los cinco. Se acordó con el declarante que su nombre no se escriba.

| Tomó el testimonio:  C.I.
| Revisó:              P.M.
""",
}

INCIDENT_0231 = {
    "number": "0231",
    "rows": (
        ("Date of incident / Fecha del hecho", "January or February 1982 (not certain)"),
        ("Date of report / Fecha del informe", "1/28/89"),
        ("Place / Lugar", "near Apopa, on the northern highway"),
        ("Municipality / Jurisdicción", "Apopa"),
        ("Department / Departamento", "San Salvador"),
        ("Type / Tipo de violación", "disappearance"),
        ("Victims / Víctimas", "one man, 33, bus driver"),
        ("Responsible / Responsables", "men in civilian clothes, armed"),
        ("Source / Fuente", "statement of his wife, Marta Alicia Ejemplo"),
    ),
    "account": """
The declarant states that her husband did not come home from his last run on a weekday in the first weeks of 1982. His bus was found at the side of the northern highway with the lights on and the fares in the box.

A man who was held in a house with painted windows told her later that year that he had shared a blanket with a driver who gave his route number as his name. She asks that the number not be published.

She doesn't give a date because she does not have one. She was told by another office that the form required it, and that they had put January 1.
""",
    "second": "",
}

INCIDENT_0312 = {
    "number": "0312",
    "rows": (
        ("Fecha del hecho / Date of incident", "12-III-84"),
        ("Fecha del informe / Date of report", "2-IV-84"),
        ("Lugar / Place", "camino a La Conacastada Vieja"),
        ("Jurisdicción / Municipality", "Tecoluca"),
        ("Departamento / Department", "San Vicente"),
        ("Tipo de violación / Type", "detención; un niño herido"),
        ("Víctimas / Victims", "31 personas; Andrés Muestra, 11 años"),
        ("Responsables / Responsible", "patrulla de hombres uniformados"),
        ("Fuente / Source", "la madre del niño"),
    ),
    "account": """
La madre pide que este informe no se enseñe a nadie mientras el niño sea menor, y que se guarde «para cuando haya a quién enseñárselo».

El niño corrió al ver a los hombres y cayó de una peña, de unos tres metros. Se quebró el brazo izquierdo. Los mismos que lo asustaron lo entablillaron con dos ramas y un cinturón. La madre quiere que eso también se escriba.
""",
    "second": "",
}

MEMORANDUM = """
= EL RESCATE
= MEMORANDUM

| TO:      All volunteers, Human Rights Department
| FROM:    P. Muestra
| DATE:    September 14, 1987
| RE:      How to date a card

Several cards of last week bear a date that nobody gave us. When a witness says "at the beginning of 1981" the card is to say "at the beginning of 1981." It is not to say January 1, 1981, nor January 15, nor the day of the interview. The same holds for ages, and for the number of soldiers.

A place is to be written from the smallest to the largest: the place known as, the hamlet (canton), the jurisdiction, the department. There are three El Rosarios. If a witness does not know the jurisdiction, a question mark is an honest answer.

Names of witnesses go on the pink slip and nowhere else. Pink slips are kept in the second drawer, and the key is with Tomasa.

Coffee money is now due on the first.
"""

LETTER = """
| Suchitoto, s.f.

Estimados amigos de El Rescate:

Les mando con la portadora lo que me pidieron, que es poco. El cuaderno de la ermita se mojó y solo se leen las primeras hojas. Ahí van los nombres de los que bautizamos en el monte, con el día, y de los padrinos.

No me acuerdo si fue en el 81 o en el 83 que pasamos la Semana Santa en la cueva. La niña Tomasa dice que en el 83, porque ya había nacido el menor de ella. Yo la pondría entre los dos años y que alguien después lo averigüe.

De lo que preguntan sobre los hombres que vinieron a principios de ese año: nadie les vio insignia. Unos decían una cosa y otros otra. Yo no quiero que por mí quede escrito un nombre que no es.

Si consiguen papel carbón, manden. Este ya no da más.

Los saluda en la paz de Cristo,

| Encarnación Muestra
"""
