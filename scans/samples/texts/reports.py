"""Three English weekly reports, as a typist set them: no accents, numbered source notes.

Public events of those weeks are as they were; every incident, person, hamlet, numbered unit above the real ones and
newspaper is invented.
"""

NOVEMBER_1992 = """
= EL RESCATE HUMAN RIGHTS DEPARTMENT
= REPORT FROM EL SALVADOR

= November 9-16, 1992

_ PEACE PROCESS

The week closed with the demobilization of the fourth twenty percent of the FMLN still postponed. The government maintains that no further step can be taken until the inventory of weapons has been handed over in full; the FMLN answers that the land transfer program, promised for the same date, has reached fewer than one in ten of the families on the list. (1) ONUSAL proposed a new timetable on October 23 under which the armed phase is to end on December 15. Both parties have accepted it, with observations.

On November 11, the third anniversary of the 1989 offensive, masses were said in several parishes of San Salvador. In Mejicanos some four hundred persons walked from the market to the church behind a banner without letters, "because," a woman explained, "everything that was painted on it before has been erased." (2) There were no incidents.

The Ad Hoc Commission's confidential recommendations, delivered on September 22, continued to be the subject of rumor. COPREFA declined to comment on versions printed in the capital which give different numbers of officers to be transferred or discharged. (1)(3) Under the revised calendar the immediate reaction battalions are to be dissolved one after the other; the Atlacatl battalion is due to be the next.

_ LAND

Farmers of the El Carrizalito cooperative, near the hamlet of El Tusal Viejo, jurisdiction of Tecoluca, department of San Vicente, told an ONUSAL observer on November 10 that they have planted the same eighty manzanas for six years and now have been asked for a deed. The owner, who lives abroad, has offered to sell at a price three times that of the Land Bank. "We did not fight over a price," said Encarnacion Ejemplo, 54, who speaks for the cooperative. "We fought over whether there would be corn." (4)

In the department of Chalatenango, eleven communities met at Guarjila on November 12 and 13 to compare their lists of holders with those of the government. Of 612 names, 71 appear twice, 19 have died, and 40 are written in ways that their owners do not recognize. The meeting asked that lists be read aloud in each community before they are signed. (4)(5)

_ HUMAN RIGHTS

Tutela Legal and the CDHES were asked this week to look into the following complaints, which this office also has received. None of them has been verified, and they are given here as they were told.

* Nov. 9. Four uniformed men without insignia stopped a bus at the place known as El Amate Seco, canton Los Horcones Altos, jurisdiction of Suchitoto, department of Cuscatlan. They had the men get down and read the names of three from a sheet of paper. Nobody by those names was aboard. The bus was allowed to go on after forty minutes. (5)

* Nov. 10. Jose Angel Muestra, 31, a carpenter and the treasurer of a housing committee in Soyapango, received a note that gave him until Sunday to leave the country. The note was signed with a drawing. The previous committee received one like it in May. (2)

* Nov. 12. In Jiquilisco, department of Usulutan, armed men in civilian clothes searched the house of Rosa Elena Ficticia, 46, at two in the morning and took a typewriter and a box of receipts. Neighbors saw a pickup truck with dark windows and no plates. (6)

* Nov. 14. A patrol of the so-called Twenty-first Company detained two brothers, 17 and 19, near San Francisco Gotera, department of Morazan, saying that they had not registered. They were freed the next morning after their mother had brought their papers. Forced recruitment was suspended by the accords. (5)

_ ARMED FORCES AND POLICE

The National Civilian Police academy continued its first course, with some six hundred cadets. The transitional phase leaves the National Police in charge of towns that have had no other force since the National Guard and the Treasury Police were abolished. A mayor in the east asked that soldiers not be sent out to patrol "in their place and with their habits." (3)

A statement dated Nov. 13 and attributed to a death squad was delivered to two radio stations. It names no person. Canal Doce read part of it on the air and then asked its viewers whether it ought to have done so; of the first hundred who telephoned, fifty-two said yes. (6)

_ REFUGEES AND REPATRIATION

Thirty-four families returned on Nov. 15 from the camp at Mesa Grande, Honduras, where only a caretaker group is left. They will live near Las Vueltas, department of Chalatenango. They brought with them their school, in nine crates, including the blackboards. UNHCR supplied three trucks. (5)

In Los Angeles, the deadline for re-registration under the deferred departure program brought lines around the block to the office on Pico Boulevard every day of the week. Volunteers filled out 1,140 forms. Applicants are reminded that nobody should pay for the form itself and that a notary public is not a lawyer.

_ ECONOMY

The Union of Coffee Workers of the west (a name used this week for the first time) announced that the harvest in the departments of Ahuachapan and Santa Ana will begin with a minimum wage of 36 colones a day on paper and 24 in practice. (2) Coffee closed in New York at 63 cents a pound, up from its low of this summer. Blackouts of up to four hours a day continued in the capital in spite of the first rains to reach the Cerron Grande reservoir in three weeks. (3)

_ CULTURE AND MEMORY

In the hamlet of El Mozote, department of Morazan, where the Argentine forensic team has been working since October under the eyes of the Truth Commission, the first phase of the digging was closed for the rains and will be taken up again when the ground is dry. The team does not comment on its findings. A woman who comes each day with tortillas for the diggers said that she doesn't ask them anything. "They look at the ground and I look at them," she said. (5)

_ BRIEFLY

* Nov. 9. The Legislative Assembly put off until after the recess a decision on who is to pay for new identity documents in 42 municipalities whose registries were burned during the war. Mayors of Cabanas and northern San Miguel had come to the capital to be heard and waited in the corridor until six. (1)

* Nov. 11. The bridge at the place known as Paso Hondo, between Apopa and Aguilares, department of San Salvador, was opened to trucks for the first time since January, 1990. The first truck carried bricks for the second bridge.

* Nov. 13. Teachers in the department of La Union returned to classes after a stoppage of eight days over transport money. Parents in two schools asked that the lost days be made up in December; teachers said that they would do so if somebody sent the chalk. (6)

* Nov. 15. A soccer game between former combatants and soldiers on leave was played at Perquin, department of Morazan. It ended in a draw, which the referee said had been his intention.

* Nov. 16. Human Rights Department staff visited Santa Tecla, also called Nueva San Salvador, to collect the papers of a parish committee which closed its doors in 1987. They fill two boxes and are dry.

_ SOURCES

| (1) El Correo del Istmo, Nov. 9, 12
| (2) Interviews by this office, Nov. 10-14
| (3) Diario La Jornada del Valle, Nov. 10, 11, 14
| (4) Notes of the Guarjila meeting, Nov. 13
| (5) Field notes, San Salvador office
| (6) Radio Cordillera, Nov. 12, 13; Canal Doce, Nov. 13

This report is made each week from newspapers, radio and the notes of our office in San Salvador. It may be quoted if its source is named.
"""

FEBRUARY_1989 = """
= EL RESCATE HUMAN RIGHTS DEPARTMENT
= REPORT FROM EL SALVADOR

= February 20-27, 1989

_ THE ELECTIONS

The FMLN's proposal of January 23, under which it would take part in presidential elections if they were put off from March 19 to September 15, was the subject of meetings in Mexico on Feb. 20 and 21 between its delegates and those of thirteen political parties. At Oaxtepec the parties listened for two days and brought home a counterproposal that none of them had signed. (1) On Feb. 26 President Duarte offered to delay the vote by six weeks, to April 30, along with a cease-fire from March 1; the constitutional lawyers consulted by the newspapers were of three opinions. (1)(2)

Posters of the parties have been pasted over each other along the Boulevard del Ejercito until they are as thick as a board. In Ilopango, children sell them by weight. (3)

_ CAPTURES AND SEARCHES

* Feb. 20. Uniformed men surrounded the community hall of Colonia Las Magnolias Nuevas, Soyapango, department of San Salvador, and took down the names of forty women who were there to learn to sew. The instructor, Sister Petronila Inventada, was asked three times who had paid for the machines. (3)

* Feb. 21. Miguel Antonio Ejemplo, 27, a student of agronomy, was captured by men in civilian clothes at a bus stop in San Miguel, at about 6:30 a.m. His family looked for him at the barracks of the 3rd Brigade, the National Police and the Treasury Police, and was told in each that he was not there. He was found on the 24th at a police post in Moncagua, without charges, and was let go. He says that he was blindfolded and that his hands were tied behind him for two days. (4)

* Feb. 22. Soldiers who said that they belonged to "Batallon Xilotepec," of which this office can find no other trace, searched eleven houses in canton El Jicaro Viejo, jurisdiction of Tejutla, department of Chalatenango. They carried off two radios, medicines and a sack of seed corn. A receipt was left for the corn. (4)

* Feb. 23. In Zacatecoluca, department of La Paz, a labor office was searched for the fourth time since August. Nothing was taken, since nothing was left. (3)

* Feb. 25. Two catechists were detained at a checkpoint near Berlin, department of Usulutan, when cassettes of hymns were found in their bag. They were held overnight while somebody listened to both sides. (5)

_ THE WAR

* Feb. 20. Electric power was cut in the eastern departments after seven pylons were brought down near San Rafael Oriente, San Miguel. Power was restored in Usulutan on the 22nd.

* Feb. 21. An A-37 aircraft and a helicopter fired for an hour on the slopes of the volcano of San Vicente, also called Chinchontepec, according to people of Tepetitan, who counted 23 explosions. No injuries were reported. (5)

* Feb. 22. A homemade launcher mounted on a pickup truck fired toward a barracks in the capital from a vacant lot. One house was damaged. Residents blamed the truck, the lot and both parties, in that order. (2)

* Feb. 24. Radio Venceremos announced that transport would be stopped on the northern highway from midnight. By the next day six buses had been burned between Apopa and the turnoff to El Paisnal; passengers had been told to get down first. The Coastal Highway was open. (6)

* Feb. 26. Mortar rounds fell in a coffee grove half a mile from the houses of Santa Cruz Ojo Hondo, jurisdiction of San Agustin, department of Usulutan. People spent the night in the church and returned in the morning to pick up what had been shaken down. (5)

_ THE DISPLACED

The community of repatriates at Santa Marta, department of Cabanas, wrote on Feb. 22 to the Archbishop, to the Ministry of the Interior and to the 5th Brigade, asking for the passage of twelve trucks with sheet metal and cement. It was the ninth letter. On the 24th eight trucks passed; four were sent back because their papers said "zinc" and the sheets were of galvanized iron. (4)

At San Jose Las Flores, department of Chalatenango, a fair for the day of the patron saint was held for the first time since 1980. A delegation from Cambridge, Massachusetts, which calls itself a sister city, brought the fireworks by land from San Salvador. They were examined at four checkpoints, and at the last of them a sergeant asked if one could be lit. (4)

_ LABOR AND CHURCH

Twenty-two unions announced a march for March 8. Men in a parked bus were seen taking photographs of the meeting. In a homily of Feb. 26 a parish priest of Soyapango said that "a date by itself stops no bullets" and asked both sides to suspend attacks on transport, light posts and mayors' offices. Resignations of mayors under threat now number over one hundred according to the parties, and thirty-eight according to the count kept by this office of those whose names have been printed. (1)(7)

_ THE UNITED STATES

A congressional aide told a visiting group that the 1990 appropriation for El Salvador would be discussed "after we see who wins." The group, from Los Angeles and San Francisco, spent six days in the country and was received by everybody it had asked to see, save one. In Los Angeles, the sanctuary congregations held a vigil in MacArthur Park on Feb. 24. The police estimated 300 persons and the sponsors 900; our photograph shows about 500.

_ CORRECTIONS

In our report of Feb. 6-13 the hamlet of Los Conacastes was said to be in the jurisdiction of El Rosario, Cuscatlan. It belongs to El Rosario, department of La Paz. There is a third El Rosario in Morazan, and readers are asked to be patient.

_ SOURCES

| (1) El Correo del Istmo, Feb. 21, 22, 27
| (2) Diario La Jornada del Valle, Feb. 23, 27
| (3) Testimonies taken by this office
| (4) Field notes, San Salvador office
| (5) Letters received from parishes
| (6) Radio Venceremos, Feb. 24
| (7) Homily of Feb. 26; our own register of resignations
"""

JANUARY_1990 = """
= EL RESCATE HUMAN RIGHTS DEPARTMENT
= REPORT FROM EL SALVADOR

= January 8-15, 1990

_ AFTER THE OFFENSIVE

Two months after the offensive of November 11, the curfew in the capital was shortened again, and now runs from 11 p.m. to 5 a.m. The state of siege remains. In the northern suburbs of Mejicanos, Zacamil, Ayutuxtepeque and Soyapango, people are still digging the furniture out of houses. A builder in Zacamil who has mended 61 roofs says that he is asked for only two things: that it should not leak, and that from above it should look as if nobody lived there. (1)

On January 7 President Cristiani said on television that members of the armed forces had taken part in the murder of the six Jesuits, their housekeeper and her daughter at the Central American University on November 16. On January 13 he announced that eight military men, one of them a colonel, had been detained. Diplomats in San Salvador called it the first time in the war that an officer of that rank has been held for a killing. The case was handed to a civilian court, where it will be followed by the Church, the university and a commission of the U.S. Congress. (2)(3)

| SAN SALVADOR, 12 JAN 90 (CABLE DEL ISTMO) -- [TEXT] DIPLOMATIC
| SOURCES SAID TODAY THAT THE GOVERNMENT WILL RECEIVE THIS MONTH A
| DELEGATION OF FIVE MEMBERS OF THE U.S. CONGRESS WHO WILL REMAIN
| THREE DAYS. AN AGENDA WAS NOT DISCLOSED. AIRPORT PERSONNEL WERE
| TOLD TO EXPECT 2 AIRCRAFT, THE 2D OF THEM WITH BAGGAGE. [END]

_ HUMANITARIAN AID

The International Committee of the Red Cross took up its visits to places of detention again in the week of Jan. 8. Church warehouses in San Salvador that had been sealed since Nov. 18 were opened one after the other in the presence of a justice of the peace; of 4,000 sacks of flour, some 900 were found to be wet. (3)

Thirty-one foreign church workers have left the country since November, most of them under order. A pastor who returned on Jan. 5 found that the cross of her church was standing in a storeroom with a number tied to it. (1)

_ CHRONOLOGY OF THE WEEK

* Jan. 8. At the place known as La Conacastada Vieja, hamlet (canton) San Juan Ejemplo, jurisdiction of Tecoluca, department of San Vicente, a mine wounded a man and two oxen. Each side said that it belonged to the other. (4)

* Jan. 8. An engineer of the electric company counted 212 damaged posts in Soyapango and Ilopango. He was stopped by two patrols, who asked why he was counting.

* Jan. 9. Six armed men in civilian clothes took Marta Alicia Ficticia, 38, a nurse, from a clinic in Quezaltepeque, department of La Libertad. She was freed at the side of the road to San Juan Opico after five hours of questions about the treatment of wounds. In one newspaper the town is spelled QUZALTEPEQUE. (2)(4)

* Jan. 10. Helicopters strafed the banks of the Sumpul river, jurisdiction of San Jose Las Flores, department of Chalatenango, during twenty minutes. People of Guarjila, who had been washing clothes there, ran and were not hurt. The clothes stayed on the stones until the next day. (4)

* Jan. 11. Some 1,100 Salvadorans from the camp at Colomoncagua, Honduras, who came home in four groups from November on, were given a date for the next bus: Jan. 20. They are building a town in the north of Morazan which as yet has a name only on a board. (5)

* Jan. 11. Colonel Ramiro Ficticio, who was introduced as head of the "19th Military Detachment," told a parish meeting in Santiago Nonualco that nobody ought to fear a census. No such detachment is known to this office: there are seven. (4)

* Jan. 12. A bomb broke the windows of a print shop near the National University, which has been occupied by the army since November. The printer, who published calendars, said that he is going to print them for 1991. (1)

* Jan. 13. Armed Forces, according to COPREFA, found a cache of 40 rifles in a well near Nejapa. A neighbor told reporters that the well had been dry since 1984 and that everyone knew what was in it. (2)

* Jan. 14. FMLN fighters held the town of El Sauce, department of La Union, from four to seven in the morning, gave a talk in the square and left with the municipal typewriter, for which they signed. (5)

* Jan. 15. Day of the Christ of Esquipulas. The procession in Colon, department of La Libertad, was allowed to go around the square in one direction only.

_ THE DISAPPEARED

The Committee of Mothers put up its photographs again at the gate of the cathedral on Jan. 12. Each was taken down in November and kept in a house in a neighborhood which was bombed; the roof fell on them, and on the glass of 40 out of 300 there is a crack. The mothers decided not to change the glass. (1)

_ LOS ANGELES

El Rescate received 217 calls this week from families seeking news. Of 64 persons looked for since the offensive in Mejicanos and Soyapango, 51 have now been heard from; the names of the other 13 were sent to the Red Cross on Jan. 11. Those who telephone are asked to give the full name, both surnames, the age, the last place and the last date on which the person was seen, and to say if any of these is uncertain. A date which is not known should not be made up.

_ A NOTE ON FIGURES

Figures for the offensive given in this report differ from those of Dec. 18-25, 1989, because bodies buried in yards in November have been moved to cemeteries since and in some towns were counted both times. We have gone back to the notes for Mejicanos, Soyapango and Ciudad Delgado and have entered each person under the first date only.

_ SOURCES

| (1) Interviews by this office, Jan. 8-14
| (2) El Correo del Istmo, Jan. 8, 10, 14
| (3) Diario La Jornada del Valle, Jan. 9, 13
| (4) Field notes, San Salvador office
| (5) Radio Cordillera, Jan. 11, 14
"""
