"""Clippings in Spanish and English from newspapers that never were: El Correo del Istmo, La Jornada del Valle, The
Harbor Courier."""

from ..newspaper import Clipping

GOTERA_1984 = Clipping(
    slip="EL CORREO DEL ISTMO (muestra)\n17 marzo 1984, p. 5",
    language="spa",
    columns=2,
    kicker="MORAZÁN",
    headline="Más de sesenta familias llegan a Gotera con lo puesto",
    deck="La parroquia abre el mercado para alojarlas; falta agua y sobran preguntas",
    byline="Por Claudia Inventada\nEnviada especial",
    body="""
SAN FRANCISCO GOTERA. Sesenta y tres familias procedentes de los cantones del norte de este departamento llegaron entre el miércoles y el viernes a la cabecera, después de caminar de noche y descansar de día para no ser vistas.

Vienen de Torola, de San Fernando y de las cercanías del río Sapo. El párroco mandó abrir el mercado municipal, donde los puestos de verdura sirven ahora de cama a los niños y los de carne, lavados, de mesa.

«Salimos cuando oímos los aviones», cuenta una mujer que lleva a tres nietos de la mano y a un cuarto a la espalda. «No salimos porque nos dijeran, sino porque ya sabíamos.» Pide que no se escriba su nombre.

_ Sin agua

El agua llega al pueblo dos horas al día. La Cruz Roja ha ofrecido un camión cisterna, que está en San Miguel a la espera de un permiso. La alcaldía, que calcula en 410 los recién llegados, no dispone de fondos para emergencias: los de este año se gastaron en enero, con los que vinieron entonces.

Un oficial de la guarnición declaró a este diario que la población puede regresar a sus casas cuando guste. Preguntado sobre si hay garantías, respondió que las habrá.

Entre los desplazados hay dos maestras, Marta Alicia Ejemplo y Tomasa Ficticia, que han empezado a dar clases en el portal. El primer día, dicen, los niños no quisieron escribir: dibujaron. «Los dibujos los tenemos guardados», afirma la primera. «Algún día alguien los va a querer ver.»

A la hora de cerrar esta edición se esperaba la llegada de otras veinte familias por el camino de Osicala.
""",
)

RUNOFF_1984 = Clipping(
    slip="THE HARBOR COURIER (sample), Los Angeles\nMay 7, 1984, p. A-4",
    language="eng",
    columns=2,
    headline_points=25,
    headline="In Pico-Union, a Far-Off Vote Is Counted by Telephone",
    byline="By ALICE SPECIMEN\nCourier Staff Writer",
    body="""
LOS ANGELES -- There were no ballots in the back room of the bakery on West 11th Street on Sunday, but there was a blackboard, and by eight in the evening it was full.

Some forty Salvadorans who cannot go home, and a few who say they will not, gathered around the only telephone in the shop to hear how their towns had voted in the runoff for president. A cousin in San Miguel, a sister in Santa Ana, a priest in Usulutan: one after the other they were called, collect if possible, and asked the same three questions. Was there voting? Was there quiet? Who is missing?

"The radio gives you the total," said Ramiro Ejemplo, a baker, who paid for most of the calls. "The total is not what I want to know."

In the north of Chalatenango and Morazan, where the government holds few towns, there was nothing to count. A woman in La Palma said she had walked to the next town, found no list with her name, and walked back.

_ Papers and fear

Most of the people in the room have asked for asylum. Last year, according to lawyers at El Rescate, an agency that helps refugees without charge, fewer than three in a hundred Salvadorans who applied were granted it. "They are told that now there are elections," said one volunteer, "and that therefore nothing can happen to them."

By ten o'clock both sides of the blackboard had been used. Somebody wanted to wipe it clean for the next results. The baker copied it first, town by town, onto the back of a calendar.

"One day it will be history," he said. "Today it is only Sunday."
""",
)

CURFEW_1989 = Clipping(
    slip="LA JORNADA DEL VALLE (muestra)\n16 noviembre 1989, p. 3",
    language="spa",
    columns=3,
    width=7.2,
    points=10,
    headline="Mejicanos: los que se quedaron y los que volvieron por el perro",
    headline_points=28,
    byline="Por José Ángel Ficticio",
    body="""
SAN SALVADOR. Al quinto día de combates, las banderas blancas de las colonias del norte ya no alcanzan: son fundas, camisas, manteles de primera comunión. En la calle principal de Mejicanos una familia salió ayer con un colchón amarrado sobre la cabeza, que servía, explicó el padre, de techo y de bandera.

El ejército ha pedido por radio a la población que abandone la zona entre las seis y las ocho de la mañana. Quienes lo hacen caminan hacia el sur con las manos a la vista. Un muchacho fue detenido porque llevaba botas; lo dejaron ir descalzo.

La Cruz Roja Salvadoreña evacuó a 212 personas en la tregua de la tarde, que duró cincuenta minutos. En los refugios abiertos por la Iglesia, según los encargados, hay cerca de ocho mil.

_ Los que se quedan

No todos se van. Encarnación Muestra, de 71 años, dice que en su casa hay pozo y que en el refugio no lo hay. Su vecino volvió el martes, cruzando tres esquinas de rodillas, por el perro.

En la Zacamil, los edificios multifamiliares muestran agujeros de un lado al otro. Desde el cuarto piso se ve la sala del vecino. «Nunca nos habíamos visitado», comenta una señora.

_ Sin cifras

Ninguna institución se atreve a dar un número de muertos. El hospital Rosales informa de los heridos que ingresan, no de los que llegan tarde. COPREFA ha dado tres partes con tres totales. Este diario no publica ninguno hasta que pueda contarlos.

El toque de queda rige desde las seis de la tarde. A esa hora se apagan también los ruidos de las casas, y se oye a lo lejos, por el lado de San Ramón, un gallo equivocado.
""",
)

CEASEFIRE_1992 = Clipping(
    slip="EL CORREO DEL ISTMO (muestra)\n17 enero 1992, p. 1 y 14",
    language="spa",
    columns=2,
    headline="«Ya no hay que contestar al alto»: así amaneció el país",
    byline="Redacción",
    body="""
SAN SALVADOR. La firma de los acuerdos de paz, celebrada ayer en el castillo de Chapultepec, en México, fue seguida en las plazas de la capital por miles de personas que la oyeron por radio y la vieron, los que pudieron, en dos pantallas.

En la Plaza Cívica, frente a la catedral, se juntaron banderas que nunca habían estado en la misma calle. A las doce en punto repicaron las campanas. Un vendedor de minutas, que ha trabajado en esa esquina desde 1976, declaró que no se acordaba de una multitud que no estuviera corriendo.

El cese del enfrentamiento armado entrará en vigor el primero de febrero y durará, según el calendario, hasta el 31 de octubre. Lo verificará la misión de las Naciones Unidas, ONUSAL.

En Suchitoto, en Perquín y en Jiquilisco hubo bailes. En Guarjila, departamento de Chalatenango, la comunidad leyó en voz alta los nombres de sus muertos, que tomó una hora y cuarto, y después bailó también.

«Lo más difícil va a ser acostumbrarse», dijo un conductor de la ruta 101. «Anoche me hicieron el alto y me bajé con las manos arriba. Era un amigo que quería que lo llevara.»
""",
)

SANCTUARY_1985 = Clipping(
    slip="THE HARBOR COURIER (sample)\nNov. 24, 1985, p. B-1",
    language="eng",
    columns=2,
    headline="City Council Weighs a Haven for Refugees",
    deck="Resolution would bar city workers from asking about papers",
    byline="By THOMAS FICTION",
    body="""
LOS ANGELES -- The City Council will vote this week on a resolution to declare Los Angeles a city of sanctuary for refugees from El Salvador and Guatemala, a gesture that its sponsors call moral and its opponents call an invitation.

The text, two pages long, would instruct employees of the city to serve residents without inquiring into their immigration status. It would not stop federal agents from doing so.

At a hearing on Friday the chamber was full an hour early. Members of the Southern California Ecumenical Council sat beside building contractors. A boy of nine, translating for his grandmother, told the council that she had sold tamales in Usulutan for thirty years and left on the day when "the market was taken to the barracks."

A resident of the San Fernando Valley said that he felt sorry for everybody who had spoken and that he wanted to know who would pay.

Perhaps 300,000 Salvadorans live in the county, although nobody has counted them and few would stand still for it. Legal workers at El Rescate said they had prepared some 900 petitions for asylum since January. Eleven had been granted.
""",
)

POWER_1988 = Clipping(
    slip="LA JORNADA DEL VALLE (muestra)\ns.f. [¿noviembre? 1988]",
    language="spa",
    columns=1,
    width=4.2,
    points=11,
    headline="El oriente, tres días a oscuras",
    headline_points=24,
    byline="De nuestra corresponsal en Usulután",
    body="""
USULUTÁN. Por tercer día consecutivo los departamentos de Usulután, San Miguel, Morazán y La Unión se encuentran sin energía eléctrica, tras el derribo de nueve torres en los alrededores de San Rafael Oriente.

Los molinos de nixtamal han vuelto a la piedra. En Santiago de María, una sola gasolinera despacha a mano, con una cola de carretas y camiones que da vuelta a la iglesia.

La compañía distribuidora calcula que la reparación tomará una semana, «si nos dejan llegar», dijo un técnico. Dos cuadrillas tuvieron que regresar el lunes: una por una mina, la otra porque un retén les pidió un permiso que ese mismo retén debía extender.

El hospital San Pedro opera de emergencia con planta propia. El director, doctor Tomás Inventado, pidió a la población que no lleve a los enfermos después de las seis, «salvo que no haya otro remedio, que es como vienen siempre».
""",
)

FORUM_1987 = Clipping(
    slip="THE HARBOR COURIER (sample)\nAug. 9, 1987, p. A-11",
    language="eng",
    columns=2,
    headline_points=24,
    headline="Five Presidents Sign a Plan; Those It Is Meant For Read It Slowly",
    byline="By ALICE SPECIMEN\nCourier Staff Writer",
    body="""
LOS ANGELES -- In a church basement near MacArthur Park, the peace plan that five Central American presidents signed in Guatemala City on Friday was read aloud on Saturday, paragraph by paragraph, by a retired teacher with a flashlight. The bulb had gone, and nobody wanted to wait.

The plan calls for cease-fires, amnesties, free elections and an end to help for irregular forces, all within 90 days. "Ninety days from Friday is the fifth of November," said the teacher, Petronila Muestra. "Write it down, everyone."

Of the sixty persons who listened, a show of hands found that 48 had lost somebody in the war in El Salvador and that 3 believed in the date. Most believed in the plan.

A young man from Chalatenango asked what was meant by "those displaced." He was told that he was. He asked how one applied.

In Washington, officials said they would study the text with care. In the basement it was copied by hand onto butcher paper and fastened to the wall, next to the schedule for English classes.
""",
)

FORUM_1987_CONTINUED = Clipping(
    slip="THE HARBOR COURIER (sample)\nAug. 9, 1987, p. A-12 (continued from A-11)",
    language="eng",
    columns=1,
    width=4.6,
    points=11,
    headline="PEACE PLAN: Basement Audience Asks for the Small Print",
    headline_points=17,
    body="""
The teacher had been asked to read the clause on amnesty a second time. It doesn't say who forgives whom, she observed, and went on to the next.

Lawyers who attended told the audience that nothing in the plan changes the law in the United States, and that a person with a hearing in September still has a hearing in September.

A collection for a new bulb came to $31. It was agreed to send what was left to the camp at Mesa Grande, where, a letter said, the plan had also been read aloud, by daylight.
""",
)

SANCTUARY_1985_CONTINUED = Clipping(
    slip="THE HARBOR COURIER (sample)\nNov. 24, 1985, p. B-6 (continued from B-1)",
    language="eng",
    columns=2,
    width=6.0,
    headline="SANCTUARY: Council to Vote on Refugees",
    headline_points=18,
    body="""
Similar resolutions have been passed this year by a dozen cities. None of them has been tested in court.

The police department said that its officers already do not ask. An immigration official who did not give his name said that he would "go on doing what Congress pays for," and that a city has no more power over a border than over the weather.

Outside, in the corridor, the grandmother was asked by a reporter if she wished the resolution to pass. Her grandson translated the question and then the answer, which was longer.

"She says it is very kind," he said. "She says, will they put it in writing, with a stamp? Because where we come from it is the stamp that they look at."
""",
)
