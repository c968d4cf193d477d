"""A guide of 1996, set on a computer: the born-digital sample, Spanish and English on facing and on the same pages."""

PAGES = (
    (
        "GUÍA DE LA CRONOLOGÍA Y DEL INFORME SEMANAL",
        "Departamento de Derechos Humanos, Los Ángeles, enero de 1996",
        """
_ Qué es

Entre 1986 y 1996 este departamento publicó cada semana un informe en inglés y cada mes una cronología. Los dos se hicieron con las mismas fichas: recortes de prensa, transcripciones de radio, cartas y testimonios. La presente guía explica cómo se citan las fuentes, cómo se escriben las fechas y los lugares, y qué no debe buscarse aquí.

_ Fechas

Una fecha se escribe como la dio la fuente. «12 de marzo de 1984» y «12-III-84» son el mismo día. «Los días 17, 18 y 19 de mayo» son tres días y un solo hecho. «A principios de 1981» no es el 1 de enero. Las fechas que se añadieron después van entre corchetes.

_ Lugares

Del menor al mayor: lugar conocido como, caserío, cantón, jurisdicción, departamento. Hay nombres que se repiten: El Rosario existe en Cuscatlán, en La Paz y en Morazán. Santa Tecla y Nueva San Salvador son el mismo municipio; Gotera es San Francisco Gotera.

_ Unidades

Las unidades militares se anotan con el nombre que da la fuente, aunque sea incierto. Cuando la fuente dice «hombres uniformados», la ficha dice «hombres uniformados». La tabla de nombres está en el apéndice.
""",
    ),
    (
        "GUIDE TO THE CHRONOLOGY AND THE WEEKLY REPORT",
        "Human Rights Department, Los Angeles, January 1996",
        """
_ What it is

From 1986 to 1996 this department published a report every week, in English, and a chronology every month. Both were made from the same cards: newspaper clippings, transcripts of radio, letters, and testimony. This guide explains how sources are cited, how dates and places are written, and what should not be looked for here.

_ Dates

A date is written as the source gave it. November 9-16, 1992 is a week, and so is 11/9-16/92. "29 January to 4 February" crosses a month; the week of December 28, 1987 to January 3, 1988 crosses a year and is filed under the year in which it ends. A date that we supplied is in brackets, and one of which we are unsure has a question mark.

_ Places

From the smallest to the largest: place known as, hamlet, canton, jurisdiction, department. Names repeat. El Rosario is found in the departments of Cuscatlan, La Paz and Morazan, and San Salvador is both a city and a department. The typewriters of this office had no accents, so that Cabanas is Cabañas, and La Union is La Unión.

_ Units

Military units are entered under the name that the source gives, however doubtful. Where the source says "uniformed men" the card says "uniformed men." A list of the names in use will be found in the appendix.
""",
    ),
    (
        "APÉNDICE / APPENDIX",
        "Nombres y abreviaturas / Names and abbreviations",
        """
_ Batallones de infantería de reacción inmediata / Immediate reaction infantry battalions

Atlacatl, Atonal, Ramón Belloso, Eusebio Bracamonte, Manuel José Arce.

_ Brigadas / Infantry brigades

Primera, San Salvador; Segunda, Santa Ana; Tercera, San Miguel; Cuarta, El Paraíso, Chalatenango; Quinta, San Vicente; Sexta, Usulután.

_ Cuerpos de seguridad / Security forces

Guardia Nacional, National Guard; Policía Nacional, National Police; Policía de Hacienda, Treasury Police. Defensa Civil, Civil Defense. Los tres primeros fueron disueltos entre 1992 y 1994. The first three were abolished between 1992 and 1994.

_ FMLN

ERP, FPL, FARN, PRTC, PCS. Radio Venceremos y Radio Farabundo Martí se citan por hora y fecha. Radio Venceremos and Radio Farabundo Marti are cited by hour and date.

_ Oficinas de derechos humanos / Human rights offices

Tutela Legal del Arzobispado; Socorro Jurídico Cristiano; Comisión de Derechos Humanos de El Salvador (CDHES, no gubernamental); CDH-ES gubernamental. The last two have nearly the same letters and were on opposite sides of the street; check the card before citing.

_ Abreviaturas / Abbreviations

s.f., sin fecha, undated; ca., circa; cton., cantón; jurisd., jurisdicción; depto., departamento; Cnel., coronel; Tte., teniente; Sbtte., subteniente.
""",
    ),
    (
        "CÓMO CITAR / HOW TO CITE",
        "",
        """
_ En español

Se cita el número del informe o el mes de la cronología, la página impresa y, si la hay, la ficha. Quien cite un testimonio cita su número, nunca el nombre de quien lo dio, aunque lo conozca. Las fotografías se citan por el número que llevan al dorso.

_ In English

Give the dates of the weekly report or the month of the chronology, the printed page and, where there is one, the card. Testimony is cited by number and never by the name of the person who gave it, even where that name is known to you. Photographs are cited by the number on the back.

_ Lo que no está / What is not here

Las cintas de Radio Venceremos no fueron copiadas por esta oficina. No hay expedientes de asilo en esta serie: los expedientes legales se guardan aparte y están cerrados. Un nombre que no aparece en la cronología no prueba nada.

The tapes of Radio Venceremos were not copied by this office. There are no asylum files in this series: legal files are kept apart and are closed. That a name is not in the chronology proves nothing.
""",
    ),
)
