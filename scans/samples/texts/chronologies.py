"""Two Spanish monthly chronologies by day and an English one; the incidents, hamlets, persons and papers are
invented."""

MARCH_1984_COVER = """
| 
| 
| 

= EL RESCATE
= Departamento de Derechos Humanos

|
|

= CRONOLOGÍA DE ACONTECIMIENTOS
= EL SALVADOR

= MARZO DE 1984

|
|

= Los Ángeles, California

|
|
|

= Hecha con periódicos, radio y cartas.
= Lo que no se pudo confirmar se dice.
"""

MARCH_1984 = """
= CRONOLOGÍA: MARZO DE 1984

_ 1 de marzo de 1984

En San Salvador, el Consejo Central de Elecciones informa que el padrón para los comicios presidenciales del 25 de marzo se imprimirá en dos juegos. Los alcaldes de nueve municipios del departamento de Morazán dicen que no han recibido ninguno. (EC)

_ 2 de marzo

Hombres uniformados registran catorce casas en el cantón El Jícaro Viejo, jurisdicción de Tejutla, departamento de Chalatenango. Se llevan dos radios y un quintal de maíz. No hay detenidos. (RC)

En Santa Ana, los maestros de tres escuelas suspenden las clases por falta de pago desde enero. (JV)

_ 4 de marzo

Misa en la catedral por los desplazados. El celebrante pide que «nadie sea obligado a votar ni a dejar de votar». Asisten unas mil personas. (EC)

_ 5 de marzo

Es capturado en Cojutepeque, departamento de Cuscatlán, José Ángel Muestra, de 24 años, zapatero, por seis hombres vestidos de civil que viajaban en un vehículo sin placas. Su madre, Encarnación Ejemplo, lo busca en la Policía Nacional, la Guardia Nacional y la Policía de Hacienda. En los tres lugares niegan la captura. (Carta a esta oficina)

_ 7 de marzo

Un avión A-37 bombardea durante media hora las faldas del cerro de Guazapa, jurisdicción de Suchitoto. La gente del caserío Los Almendros Secos pasa el día en los tatús y regresa por la noche a darles de comer a los animales. (RV)

_ 8 de marzo

Unas doscientas mujeres entregan en el Palacio Nacional una carta con 318 nombres de desaparecidos. El portero firma de recibido y pregunta si se puede agregar uno. (JV)

_ 9 de marzo

Aparece en libertad José Ángel Muestra (véase 5 de marzo). Dice que estuvo vendado cuatro días en un lugar donde se oían campanas. (Carta)

_ 12 de marzo de 1984

En el lugar conocido como La Conacastada Vieja, cantón San Juan Ejemplo, jurisdicción de Tecoluca, departamento de San Vicente, una patrulla de hombres uniformados detiene a los que iban al río. Toma los nombres de treinta y una personas y los deja ir al mediodía. Un niño de once años, que corrió, se quebró el brazo al caer de una peña. (RC)

El mismo día, en el puerto de La Libertad, hombres armados obligan a los pescadores a entregar las redes de noche. (EC)

_ 13 de marzo

Radio Venceremos anuncia que el tráfico será detenido en la Carretera Panamericana, de San Vicente a San Miguel, desde el 20 de marzo. (RV)

_ 14 de marzo

Llegan a la parroquia de San Francisco Gotera, Morazán, 63 familias desplazadas que salieron de sus cantones entre el 8 y el 11 de marzo. Vienen de Torola, San Fernando y lugares cercanos al río Sapo. Se alojan en el mercado. (Carta de la parroquia)

_ 15 de marzo

Amenaza de muerte contra dos sindicalistas del puerto de Acajutla, departamento de Sonsonate. La nota lleva la firma de un escuadrón desconocido hasta hoy. Uno de ellos, Ramiro Inventado, sale del país. (JV)

_ Los días 17, 18 y 19 de marzo

Operativo militar en el norte de Cabañas. Según los refugiados que cruzaron el río Lempa por el lugar llamado Paso de las Garzas, participaron varias unidades que no supieron nombrar, con apoyo de tres helicópteros. Fueron quemadas unas veinte casas, todas vacías. Los que pasaron el río son 140, entre ellos 58 niños. La misma operación fue descrita por el vocero del ejército como «de rutina». (RC, EC)

_ 20 de marzo

Paro de transporte en el oriente. En Usulután circulan solamente carretas. El precio del frijol sube de 0.60 a 0.95 colones la libra. (JV)

_ 21 de marzo

La oficina de Tutela Legal del Arzobispado recibe la queja de Rosa Elena Ficticia sobre el cateo de su casa en Ciudad Arce, departamento de La Libertad, ocurrido a principios del mes. No recuerda el día. (Testimonio)

_ 22 de marzo

Cuatro soldados y un civil resultan heridos al estallar una mina en el desvío a San Agustín, departamento de Usulután. (EC)

_ 23 de marzo

Corte de energía eléctrica en los departamentos de San Miguel, Morazán y La Unión. El hospital de San Miguel trabaja con planta propia hasta la medianoche y después con candelas. (JV)

_ 24 de marzo

Cuarto aniversario del asesinato de monseñor Óscar Arnulfo Romero. La cripta permanece abierta hasta las diez de la noche. En Aguilares, la misa es interrumpida por un apagón y sigue a oscuras. (EC)

_ 25 de marzo

Elecciones presidenciales. En varios municipios de Chalatenango, Morazán y Usulután no hay urnas. En San Salvador, la votación empieza con seis horas de retraso en algunos centros por falta de boletas. Un observador extranjero cuenta en una sola mesa tres listas distintas de votantes. (EC, JV)

_ 26 de marzo

Siguen sin conocerse los resultados. Hay acuerdo en que habrá una segunda vuelta. (JV)

_ 28 de marzo

En el cantón El Tusal Viejo, jurisdicción de Tecoluca, la gente encuentra sus milpas quemadas. Atribuyen el fuego a unos «hombres de verde» que pasaron el 27 por la tarde. El alcalde dice que fue un rayo. No llueve desde noviembre. (RC)

_ 29 de marzo

Desaparece en Ilopango la estudiante Claudia Ficticia, de 19 años. (Véase la cronología de abril.)

_ 30 de marzo

Llegan a Los Ángeles, según la cuenta de esta oficina, 212 salvadoreños en el mes que pidieron ayuda legal por primera vez. Ciento treinta preguntan por un familiar detenido.

_ Sin fecha

Por carta recibida el 31 se sabe que, a finales de febrero o principios de marzo, fueron desalojadas diecisiete familias de una finca cerca de Juayúa, departamento de Sonsonate. La carta no trae día ni firma.

_ FUENTES

| EC   El Correo del Istmo (San Salvador)
| JV   Diario La Jornada del Valle
| RC   Radio Cordillera
| RV   Radio Venceremos

Las cartas y testimonios se guardan en esta oficina, por fecha.
"""

MAY_1983 = """
= CRONOLOGÍA DE EL SALVADOR
= mayo de 1983

_ 1 de mayo de 1983

Marcha del Día del Trabajo en San Salvador, la primera desde 1980. Los organizadores calculan seis mil personas; la prensa, ochocientas. Hombres con cámaras toman fotografías desde las azoteas. (EC)

_ 3 de mayo

En Nueva San Salvador, conocida también como Santa Tecla, es cateada la casa parroquial. Buscan, según dijeron, una máquina de escribir. Encuentran tres y se llevan dos. (JV)

_ 4 y 5 de mayo

Bombardeo en los alrededores de Cinquera, departamento de Cabañas. Los pobladores de los cantones salen hacia el sur. Una mujer da a luz en el camino, cerca del caserío El Zapotal Hondo; la niña y ella están bien. (RC)

_ 6 de mayo

Un grupo de párrocos pide a la Comisión de Paz que se la pueda visitar sin cita. (EC)

_ 9 de mayo

Son detenidos en Chalchuapa, departamento de Santa Ana, cuatro miembros de una cooperativa de ahorro. Tres quedan libres el mismo día. El cuarto, Tomás Ejemplo, contador, es llevado a la capital. (EC, JV)

_ 11 de mayo

Un tribunal de San Miguel ordena la libertad de dos campesinos presos desde 1981 por falta de pruebas. La orden tarda nueve días en llegar al penal, que queda a seis cuadras. (Carta)

_ 12-V-83

Tres hombres armados entran al local de un sindicato textil en Soyapango y obligan a todos a tirarse al suelo. Rompen el mimeógrafo. (JV)

_ 14 de mayo

Cinco mil desplazados, por cuenta de la parroquia, se encuentran ya en San Vicente. Duermen en la cancha, en los portales y en las gradas de El Pilar. Hay sarampión. La Cruz Roja vacuna a los menores de cinco años. (Carta de la parroquia)

_ Los días 17, 18 y 19 de mayo

Durante tres días, soldados no identificados ocupan el caserío El Tusal Viejo, en el cantón del mismo nombre, jurisdicción de Tecoluca, departamento de San Vicente. Reúnen a la gente en la ermita, separan a los hombres y los interrogan uno por uno delante de un encapuchado. Se llevan a cinco. El 19 por la tarde los sueltan en el desvío de San Nicolás, descalzos. Los cinco contaron lo mismo: que les mostraron un cuaderno con nombres copiados a mano y mal escritos, y que al no reconocer ninguno les dijeron que entonces no eran de allí. (Testimonios 0107 y 0108)

_ 20 de mayo

Circula en la capital un comunicado de amenaza contra profesores universitarios. Trae doce nombres; dos de ellos han muerto y uno vive en México desde 1979. (EC)

_ 21 de mayo

Ataque de la guerrilla a un puesto de la Defensa Civil en San Ildefonso, departamento de San Vicente. Dos muertos y tres heridos, según COPREFA; ningún muerto, según Radio Venceremos. (EC, RV)

_ 22 de mayo

Pentecostés. En Tenancingo, departamento de Cuscatlán, se celebra la fiesta sin cohetes. (Carta)

_ 24 de mayo

Hombres vestidos de civil secuestran en Santa Ana a la doctora Marta Alicia Inventada, dentista. El colegio médico publica un campo pagado. Al día siguiente aparece en una gasolinera de El Congo. No da declaraciones. (JV)

_ 25 de mayo

Un asesor militar de los Estados Unidos es muerto a tiros en San Salvador. Las FPL se atribuyen el hecho. (EC)

_ 27 de mayo

Reclutamiento forzoso en el mercado de Ahuachapán y en dos salas de cine de Sonsonate. Según las madres reunidas ante el cuartel, son unos setenta muchachos, algunos de quince años. El coronel Ramiro Ficticio les dice que vuelvan «cuando ya sean hombres». (JV, Testimonios)

_ 28 de mayo

Corte de agua en el norte de San Salvador por daños en la planta de bombeo. (EC)

_ 29 de mayo

Llegan a Colomoncagua, Honduras, 44 refugiados de Morazán. Caminaron cinco noches. Traen la campana de su escuela. (RC)

_ 31 de mayo

Se dan a conocer las cuentas del mes hechas por distintas oficinas. No coinciden ni en el total ni en la manera de contar, y por eso no las sumamos aquí. La nuestra anota 31 capturas, de las que 22 terminaron en libertad, 4 en el penal y 5 no se sabe; 11 cateos; 3 secuestros; 9 amenazas, y un número de desplazados que nadie pudo contar.

_ Adiciones a meses anteriores

* A principios de 1981: por una carta de Usulután sabemos que el archivo de la alcaldía de Santa Cruz Ojo Hondo (San Agustín) fue quemado, no se dice por quién.

* Circa 1982: se fecha así una lista de familias de Cabañas, escrita a lápiz, que llegó doblada dentro de un libro.

_ FUENTES

| EC   El Correo del Istmo      JV   La Jornada del Valle
| RC   Radio Cordillera         RV   Radio Venceremos

Tres puestos en que no hay acuerdo entre las fuentes van con las dos versiones.
"""

JANUARY_1989 = """
= CHRONOLOGY OF EVENTS
= JANUARY 1989

_ January 2

The mayor of a town in the department of Cabanas resigns after the third anonymous letter. He is the fourth in that department to do so since October. (EC)

_ January 4

Hooded men search the house of a teacher in Ilobasco. They ask for a mimeograph. The teacher, Tomas Ejemplo, 41, shows them the school's, which has not worked since 1978. (Field notes)

_ January 6

Nearly 200 persons from Santa Marta, Cabanas, walk to Sensuntepeque to ask for the return of a truck. They wait two days at the gate and go home with the truck, without its battery. (RC)

_ January 9-11

Bombing and strafing of the Guazapa volcano, department of Cuscatlan and department of San Salvador. On the 10th the noise is heard in the capital. A list of damages made at Suchitoto names fourteen houses, one chapel and a mill. (EC, RC)

_ January 12

Three students are captured near the National University by uniformed men and are let go at night in different parts of the city, without their shoes. (JV)

_ January 14

Displaced families in canton Los Horcones Altos, jurisdiction of Suchitoto, refuse to be moved to a camp near Ciudad Arce. "There they give you flour," one of them says. "Here there is water." (Field notes)

_ January 16

The ministry of health begins a campaign of vaccination with a truce of one day, asked for by the Church and kept by both sides until about four in the afternoon. (EC, JV)

_ January 19

An explosion brings down the wall of a warehouse in Santa Ana. Nobody is hurt. The watchman, who was asleep, is detained and questioned about why. (JV)

_ January 21

Forced recruitment in Jucuapa and Chinameca, departments of Usulutan and San Miguel, on market day. Forty boys, by the count of the parish; twelve, by that of the army. (Letter of the parish; EC)

_ January 23

The FMLN proposes to take part in elections if they are held on September 15 and not on March 19. (All)

_ January 25

The proposal is rejected by the government and by the principal party of the opposition, and praised the same night by both for its tone. (EC)

_ January 28

A woman whose name is withheld states that her husband, taken away in the first days of 1982, was seen alive that year in a clandestine prison. The date cannot be fixed any better. (Testimony 0231)

_ January 30

The bridge over the Torola river, Morazan, is opened to persons on foot. (RC)

_ Sources

EC: El Correo del Istmo. JV: Diario La Jornada del Valle. RC: Radio Cordillera.
"""
