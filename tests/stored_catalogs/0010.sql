BEGIN TRANSACTION;
CREATE TABLE access_rule (
	id INTEGER NOT NULL, 
	subject_kind VARCHAR(16) NOT NULL, 
	subject_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	description BOOLEAN, 
	text BOOLEAN, 
	image BOOLEAN, 
	download BOOLEAN, 
	reason TEXT NOT NULL, 
	authority TEXT NOT NULL, 
	review_date VARCHAR(10) NOT NULL, 
	origin VARCHAR(32) NOT NULL, 
	created DATETIME NOT NULL, 
	ended DATETIME, 
	CONSTRAINT pk_access_rule PRIMARY KEY (id)
);
INSERT INTO "access_rule" VALUES(1,'item','r1hmcc6hgcd3','closed',NULL,NULL,NULL,NULL,'Names a minor','','','spreadsheet','2026-11-29 14:04:28.790742',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010');
CREATE TABLE "alias" (
	alias VARCHAR(32) NOT NULL, 
	target VARCHAR(32) NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(16) DEFAULT 'item' NOT NULL, 
	CONSTRAINT pk_alias PRIMARY KEY (alias)
);
CREATE TABLE batch (
	id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name TEXT NOT NULL, 
	paths JSON NOT NULL, 
	recipe VARCHAR(64) NOT NULL, 
	started DATETIME NOT NULL, 
	ended DATETIME, 
	undone DATETIME, 
	CONSTRAINT pk_batch PRIMARY KEY (id)
);
INSERT INTO "batch" VALUES(1,'ingest','scans','["/srv/archive/scans"]','b92a146698720698','2026-11-29 14:04:27.159722','2026-11-29 14:04:33.922627',NULL);
CREATE TABLE component (
	ordinal INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	ref_id TEXT, 
	parent_id VARCHAR(32), 
	level VARCHAR(32) NOT NULL, 
	unitid TEXT NOT NULL, 
	title TEXT NOT NULL, 
	date TEXT NOT NULL, 
	date_edtf TEXT NOT NULL, 
	description TEXT NOT NULL, 
	extent TEXT NOT NULL, 
	access_note TEXT NOT NULL, 
	use_note TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	source VARCHAR(16) NOT NULL, 
	finding_aid VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_component PRIMARY KEY (ordinal), 
	CONSTRAINT uq_component_id UNIQUE (id), 
	CONSTRAINT uq_component_ref_id UNIQUE (ref_id), 
	CONSTRAINT fk_component_parent_id_component FOREIGN KEY(parent_id) REFERENCES component (id)
);
CREATE TABLE component_container (
	component_id VARCHAR(32) NOT NULL, 
	container_id INTEGER NOT NULL, 
	CONSTRAINT pk_component_container PRIMARY KEY (component_id, container_id), 
	CONSTRAINT fk_component_container_component_id_component FOREIGN KEY(component_id) REFERENCES component (id), 
	CONSTRAINT fk_component_container_container_id_container FOREIGN KEY(container_id) REFERENCES container (id)
);
CREATE TABLE container (
	id INTEGER NOT NULL, 
	type VARCHAR(32) NOT NULL, 
	indicator TEXT NOT NULL, 
	barcode TEXT NOT NULL, 
	parent_id INTEGER, 
	CONSTRAINT pk_container PRIMARY KEY (id), 
	CONSTRAINT fk_container_parent_id_container FOREIGN KEY(parent_id) REFERENCES container (id)
);
INSERT INTO "container" VALUES(1,'box','3','',NULL);
INSERT INTO "container" VALUES(2,'folder','7','',1);
INSERT INTO "container" VALUES(3,'folder','8','',1);
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	page_id VARCHAR(32) NOT NULL, 
	reading_id INTEGER NOT NULL, 
	anchor JSON NOT NULL, 
	decided JSON NOT NULL, 
	author TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	ended DATETIME, 
	placed_on INTEGER, 
	CONSTRAINT pk_decision PRIMARY KEY (id), 
	CONSTRAINT fk_decision_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_decision_reading_id_reading FOREIGN KEY(reading_id) REFERENCES reading (id), 
	CONSTRAINT fk_decision_placed_on_reading FOREIGN KEY(placed_on) REFERENCES reading (id)
);
INSERT INTO "decision" VALUES(1,'correction','r14xck2sqv40',1,'{"exact": "Tecoluca", "before": "Report from", "after": "", "hpos": 271, "vpos": 50, "width": 179, "height": 34, "canvas_width": 900, "canvas_height": 140, "follows": false}','{"text": "Tecolapa"}','Ana Archivera','2026-11-29 14:04:41.176532',NULL,8);
INSERT INTO "decision" VALUES(2,'correction','r14xck2sqv40',1,'{"exact": "", "before": "Report from Tecoluca", "after": "", "hpos": 271, "vpos": 50, "width": 179, "height": 34, "canvas_width": 900, "canvas_height": 140, "follows": true}','{"text": "\nby the committee"}','Ana Archivera','2026-11-29 14:04:41.176532',NULL,8);
INSERT INTO "decision" VALUES(3,'correction','r14xck2sqv40',5,'{"exact": "Tecolapa", "before": "Report from", "after": "by the committee", "hpos": 271, "vpos": 50, "width": 179, "height": 34, "canvas_width": 900, "canvas_height": 140, "follows": false}','{"text": "Tecoluca"}','Ana Archivera','2026-11-29 14:04:48.286614','2026-11-29 14:05:13.487821',NULL);
INSERT INTO "decision" VALUES(4,'correction','r13909v68nbk',2,'{"exact": "closed", "before": "Zacamil is", "after": "", "hpos": 241, "vpos": 50, "width": 125, "height": 34, "canvas_width": 900, "canvas_height": 140, "follows": false}','{"text": "close"}','Ana Archivera','2026-11-29 14:04:55.834247',NULL,7);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	agent TEXT NOT NULL, 
	action VARCHAR(64) NOT NULL, 
	subject_kind VARCHAR(16) NOT NULL, 
	subject_id TEXT NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id)
);
INSERT INTO "event" VALUES(1,'2026-11-29 14:04:28.628968','archivist','accession','item','r1hb2hhfnb5k','done','{"row": "1", "file": "a.png"}');
INSERT INTO "event" VALUES(2,'2026-11-29 14:04:28.760463','archivist','accession','item','r1hmcc6hgcd3','done','{"row": "2", "file": "c.png"}');
INSERT INTO "event" VALUES(3,'2026-11-29 14:04:28.803593','archivist','access','item','r1hmcc6hgcd3','done','{"state": "closed"}');
INSERT INTO "event" VALUES(4,'2026-11-29 14:04:28.908541','archivist','accession','item','r18xjh5pdf4x','done','{"row": "", "file": "b"}');
INSERT INTO "event" VALUES(5,'2026-11-29 14:04:30.937458','archivist','read','page','r14xck2sqv40','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(6,'2026-11-29 14:04:31.652818','archivist','read','page','r13909v68nbk','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(7,'2026-11-29 14:04:32.338623','archivist','read','page','r118kt72h1qd','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(8,'2026-11-29 14:04:33.065624','archivist','read','page','r1brgg5h0p5g','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(9,'2026-11-29 14:04:41.184781','archivist','correct','page','r14xck2sqv40','done','{"author": "Ana Archivera", "corrections": 2, "compared": false}');
INSERT INTO "event" VALUES(10,'2026-11-29 14:04:48.309769','archivist','correct','page','r14xck2sqv40','done','{"author": "Ana Archivera", "corrections": 1, "compared": false}');
INSERT INTO "event" VALUES(11,'2026-11-29 14:04:55.842726','archivist','correct','page','r13909v68nbk','done','{"author": "Ana Archivera", "corrections": 1, "compared": false}');
INSERT INTO "event" VALUES(12,'2026-11-29 14:05:13.531721','archivist','withdraw correction','page','r14xck2sqv40','done','{"author": "Ana Archivera", "correction": 3}');
CREATE TABLE file (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	bytes BIGINT NOT NULL, 
	media_type TEXT NOT NULL, 
	puid VARCHAR(32) NOT NULL, 
	format TEXT NOT NULL, 
	frames JSON NOT NULL, 
	embedded JSON NOT NULL, 
	CONSTRAINT pk_file PRIMARY KEY (id), 
	CONSTRAINT uq_file_sha256 UNIQUE (sha256)
);
INSERT INTO "file" VALUES(1,'757831fd086b05e3d6b6945d0818583aecc8dc26141189d1da3682b504ec8314',3446,'image/png','fmt/11','Portable Network Graphics 1.0','[[1, 900, 140, 200.0, false, ""]]','[]');
INSERT INTO "file" VALUES(2,'69733b23308f0f200118234beb86a208ea839345b976f1494ac1b99b1850d67d',3217,'image/png','fmt/11','Portable Network Graphics 1.0','[[1, 900, 140, 200.0, false, ""]]','[]');
INSERT INTO "file" VALUES(3,'1cdfab051b24dab773ecb2981381ce2a0133f160d86e35b4376fc3567aaa579f',3811,'image/png','fmt/11','Portable Network Graphics 1.0','[[1, 900, 140, 200.0, false, ""]]','[]');
INSERT INTO "file" VALUES(4,'87db50a1fa58662308ffd162f7a2d626a8c4dbbbb7a9a478962db8f1b39a9be2',3293,'image/png','fmt/11','Portable Network Graphics 1.0','[[1, 900, 140, 200.0, false, ""]]','[]');
CREATE TABLE file_outcome (
	id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	items JSON NOT NULL, 
	pages INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_file_outcome PRIMARY KEY (id), 
	CONSTRAINT fk_file_outcome_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "file_outcome" VALUES(1,1,'/srv/archive/scans/a.png','757831fd086b05e3d6b6945d0818583aecc8dc26141189d1da3682b504ec8314','added','','["r1hb2hhfnb5k"]',1,'2026-11-29 14:04:30.989145');
INSERT INTO "file_outcome" VALUES(2,1,'/srv/archive/scans/c.png','87db50a1fa58662308ffd162f7a2d626a8c4dbbbb7a9a478962db8f1b39a9be2','added','','["r1hmcc6hgcd3"]',1,'2026-11-29 14:04:31.786705');
INSERT INTO "file_outcome" VALUES(3,1,'/srv/archive/scans/b/b-1.png','69733b23308f0f200118234beb86a208ea839345b976f1494ac1b99b1850d67d','added','','["r18xjh5pdf4x"]',1,'2026-11-29 14:04:33.164740');
INSERT INTO "file_outcome" VALUES(4,1,'/srv/archive/scans/b/b-2.png','1cdfab051b24dab773ecb2981381ce2a0133f160d86e35b4376fc3567aaa579f','added','','["r18xjh5pdf4x"]',1,'2026-11-29 14:04:33.166364');
CREATE TABLE identified_file (
	seq INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	path TEXT NOT NULL, 
	bytes BIGINT NOT NULL, 
	modified_ns BIGINT NOT NULL, 
	mark VARCHAR(16) NOT NULL, 
	found JSON NOT NULL, 
	CONSTRAINT pk_identified_file PRIMARY KEY (seq), 
	CONSTRAINT fk_identified_file_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_identified_file_root_root FOREIGN KEY(root) REFERENCES root (name)
);
CREATE TABLE item (
	ordinal INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	local_id TEXT, 
	origin TEXT NOT NULL, 
	component_id VARCHAR(32), 
	described_by VARCHAR(64) NOT NULL, 
	"plan" VARCHAR(64) NOT NULL, 
	undone INTEGER, 
	read_in TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_item PRIMARY KEY (ordinal), 
	CONSTRAINT uq_item_id UNIQUE (id), 
	CONSTRAINT fk_item_component_id_component FOREIGN KEY(component_id) REFERENCES component (id), 
	CONSTRAINT fk_item_undone_batch FOREIGN KEY(undone) REFERENCES batch (id)
);
INSERT INTO "item" VALUES(1,'r1hb2hhfnb5k','1','scans:',NULL,'aafbfe7861c2f1c9','da079e9d4c33023f8bb34d33836d40d4b4ffe0fcb902855dabb4daaa465c3f12',NULL,'eng','2026-11-29 14:04:28.627658');
INSERT INTO "item" VALUES(2,'r1hmcc6hgcd3','2','scans:',NULL,'8a25cff460ea3f8c','e4d98d69fc1d2a66bc559b22321d8b95110cae3d127f344cb8ed84dce4d91e05',NULL,'eng','2026-11-29 14:04:28.759840');
INSERT INTO "item" VALUES(3,'r18xjh5pdf4x',NULL,'',NULL,'0af6b7f8ed20bebf','c816057d61ca94d81b024bbbf7b9ceae18b56d1fcd540170001ea5ab07b077c4',NULL,'','2026-11-29 14:04:28.907815');
CREATE TABLE item_container (
	item_id VARCHAR(32) NOT NULL, 
	container_id INTEGER NOT NULL, 
	CONSTRAINT pk_item_container PRIMARY KEY (item_id, container_id), 
	CONSTRAINT fk_item_container_item_id_item FOREIGN KEY(item_id) REFERENCES item (id), 
	CONSTRAINT fk_item_container_container_id_container FOREIGN KEY(container_id) REFERENCES container (id)
);
INSERT INTO "item_container" VALUES('r1hb2hhfnb5k',1);
INSERT INTO "item_container" VALUES('r1hb2hhfnb5k',2);
INSERT INTO "item_container" VALUES('r1hmcc6hgcd3',1);
INSERT INTO "item_container" VALUES('r1hmcc6hgcd3',3);
CREATE TABLE item_file (
	item_id VARCHAR(32) NOT NULL, 
	file_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_item_file PRIMARY KEY (item_id, file_id, role), 
	CONSTRAINT fk_item_file_item_id_item FOREIGN KEY(item_id) REFERENCES item (id), 
	CONSTRAINT fk_item_file_file_id_file FOREIGN KEY(file_id) REFERENCES file (id)
);
CREATE TABLE location (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	path TEXT NOT NULL, 
	bytes BIGINT NOT NULL, 
	modified_ns BIGINT NOT NULL, 
	checked DATETIME, 
	found VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_location PRIMARY KEY (id), 
	CONSTRAINT uq_location_root_path UNIQUE (root, path), 
	CONSTRAINT fk_location_file_id_file FOREIGN KEY(file_id) REFERENCES file (id), 
	CONSTRAINT fk_location_root_root FOREIGN KEY(root) REFERENCES root (name)
);
INSERT INTO "location" VALUES(1,1,'scans','a.png',3446,1795961032809625565,NULL,'');
INSERT INTO "location" VALUES(2,4,'scans','c.png',3293,1795961033453625569,NULL,'');
INSERT INTO "location" VALUES(3,2,'scans','b/b-1.png',3217,1795961032973625566,NULL,'');
INSERT INTO "location" VALUES(4,3,'scans','b/b-2.png',3811,1795961033229625567,NULL,'');
CREATE TABLE mention (
	id INTEGER NOT NULL, 
	page_id VARCHAR(32) NOT NULL, 
	reading_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	first_word INTEGER NOT NULL, 
	last_word INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	rule VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	candidates JSON NOT NULL, 
	CONSTRAINT pk_mention PRIMARY KEY (id), 
	CONSTRAINT fk_mention_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_mention_reading_id_reading FOREIGN KEY(reading_id) REFERENCES reading (id)
);
INSERT INTO "mention" VALUES(1,'r14xck2sqv40',1,'place',2,2,'Tecoluca','name','san-vicente/tecoluca','[]');
INSERT INTO "mention" VALUES(2,'r13909v68nbk',2,'place',0,0,'Zacamil','name','san-salvador/mejicanos/zacamil','[]');
INSERT INTO "mention" VALUES(3,'r118kt72h1qd',3,'running head',0,3,'First leaf of many','recurring line','','[]');
INSERT INTO "mention" VALUES(4,'r1brgg5h0p5g',4,'running head',0,3,'Second leaf of many','recurring line','','[]');
INSERT INTO "mention" VALUES(5,'r14xck2sqv40',6,'place',2,2,'Tecoluca','name','san-vicente/tecoluca','[]');
INSERT INTO "mention" VALUES(6,'r13909v68nbk',7,'place',0,0,'Zacamil','name','san-salvador/mejicanos/zacamil','[]');
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	subject_id VARCHAR(32) NOT NULL
, subject_kind VARCHAR(16) DEFAULT 'page' NOT NULL);
CREATE TABLE page (
	ordinal INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	item_id VARCHAR(32) NOT NULL, 
	sequence INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	file_id INTEGER NOT NULL, 
	frame INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	dpi FLOAT, 
	shown_reading INTEGER, 
	read_in TEXT NOT NULL, 
	read_in_by_row BOOLEAN NOT NULL, 
	by_ocr BOOLEAN NOT NULL, 
	CONSTRAINT pk_page PRIMARY KEY (ordinal), 
	CONSTRAINT uq_page_id UNIQUE (id), 
	CONSTRAINT fk_page_item_id_item FOREIGN KEY(item_id) REFERENCES item (id), 
	CONSTRAINT fk_page_file_id_file FOREIGN KEY(file_id) REFERENCES file (id)
);
INSERT INTO "page" VALUES(1,'r14xck2sqv40','r1hb2hhfnb5k',1,'','',1,1,900,140,200.0,8,'',0,0);
INSERT INTO "page" VALUES(2,'r13909v68nbk','r1hmcc6hgcd3',1,'','',4,1,900,140,200.0,7,'',0,0);
INSERT INTO "page" VALUES(3,'r118kt72h1qd','r18xjh5pdf4x',1,'','',2,1,900,140,200.0,3,'',0,0);
INSERT INTO "page" VALUES(4,'r1brgg5h0p5g','r18xjh5pdf4x',2,'','',3,1,900,140,200.0,4,'',0,0);
CREATE TABLE page_outcome (
	page_id VARCHAR(32) NOT NULL, 
	batch_id INTEGER, 
	recipe VARCHAR(64) NOT NULL, 
	transcript_id INTEGER, 
	outcome VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	traceback TEXT NOT NULL, 
	reader_seconds FLOAT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_page_outcome PRIMARY KEY (page_id), 
	CONSTRAINT fk_page_outcome_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_page_outcome_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_page_outcome_transcript_id_file FOREIGN KEY(transcript_id) REFERENCES file (id)
);
INSERT INTO "page_outcome" VALUES('r14xck2sqv40',1,'b92a146698720698+eng',NULL,'read','','',7.32298235001508146524e-01,'2026-11-29 14:04:30.927845');
INSERT INTO "page_outcome" VALUES('r13909v68nbk',1,'b92a146698720698+eng',NULL,'read','','',6.84198429997195489704e-01,'2026-11-29 14:04:31.638160');
INSERT INTO "page_outcome" VALUES('r118kt72h1qd',1,'b92a146698720698',NULL,'read','','',6.66696333995787426829e-01,'2026-11-29 14:04:32.336613');
INSERT INTO "page_outcome" VALUES('r1brgg5h0p5g',1,'b92a146698720698',NULL,'read','','',7.04410570993786677718e-01,'2026-11-29 14:04:33.064755');
CREATE TABLE prior_state (
	batch_id INTEGER NOT NULL, 
	subject_kind VARCHAR(16) NOT NULL, 
	subject_id VARCHAR(32) NOT NULL, 
	state JSON NOT NULL, 
	CONSTRAINT pk_prior_state PRIMARY KEY (batch_id, subject_kind, subject_id), 
	CONSTRAINT fk_prior_state_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "prior_state" VALUES(1,'item','r1hb2hhfnb5k','null');
INSERT INTO "prior_state" VALUES(1,'place','1','null');
INSERT INTO "prior_state" VALUES(1,'item','r1hmcc6hgcd3','null');
INSERT INTO "prior_state" VALUES(1,'place','2','null');
INSERT INTO "prior_state" VALUES(1,'item','r18xjh5pdf4x','null');
INSERT INTO "prior_state" VALUES(1,'place','3','null');
INSERT INTO "prior_state" VALUES(1,'place','4','null');
CREATE TABLE reading (
	id INTEGER NOT NULL, 
	page_id VARCHAR(32) NOT NULL, 
	file_id INTEGER NOT NULL, 
	frame INTEGER NOT NULL, 
	transcript_id INTEGER, 
	base_id INTEGER, 
	reader TEXT NOT NULL, 
	recipe VARCHAR(64) NOT NULL, 
	languages TEXT NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	words INTEGER NOT NULL, 
	confidence FLOAT, 
	layout BLOB NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (id), 
	CONSTRAINT fk_reading_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_reading_file_id_file FOREIGN KEY(file_id) REFERENCES file (id), 
	CONSTRAINT fk_reading_transcript_id_file FOREIGN KEY(transcript_id) REFERENCES file (id), 
	CONSTRAINT fk_reading_base_id_reading FOREIGN KEY(base_id) REFERENCES reading (id)
);
INSERT INTO "reading" VALUES(1,'r14xck2sqv40',1,1,NULL,NULL,'tesseract 5.3.0','b92a146698720698+eng','eng','eng',3,0.935365658888889,X'789C158C310A80301004FF72F522B95CA2DE37C4EE4821126DD488E8FF4DB6D96286310F750E1C1CCC285F3BD5379AF25D9E97200151C03E4014AED33EC1687BCA49E0811114630F890D893436E7B51CDFBA107CE5B196076D952AB0A636584A3FE43F1DCB','2026-11-29 14:04:30.865194');
INSERT INTO "reading" VALUES(2,'r13909v68nbk',4,1,NULL,NULL,'tesseract 5.3.0','b92a146698720698+eng','eng','eng',3,9.43635697999999911722e-01,X'789C2DCBC10A80201084E177D9F310EBAA45AFD2E2412C42B03AF8FED01ACD650E1FBF0A5666B8C050A5E33EC95E69CB255FB511BC201AC7193E80A7D52D094AB513848D3C64817743E64F4A7BFAB19B06F78512FFD0780C9AD20B864F1C9A','2026-11-29 14:04:31.619675');
INSERT INTO "reading" VALUES(3,'r118kt72h1qd',2,1,NULL,NULL,'tesseract 5.3.0','b92a146698720698','eng','eng',4,9.64060319333333359814e-01,X'789C35CC3B0EC3300C03D0BB68260AD9B22AEB02BD84E021435A14C80748BBF4F6B503840B870732329C19A9302268DE5ED43BE8F13E3E5F8214A8C02A24816F7EB786A0659E9E84940DC5610CD1D3CAB0BD4BE63A44EC9273B54EDBAF9B56A823B18FEF8E5ADB08A2B53F2B402185','2026-11-29 14:04:32.318350');
INSERT INTO "reading" VALUES(4,'r1brgg5h0p5g',3,1,NULL,NULL,'tesseract 5.3.0','b92a146698720698','eng','eng',4,9.64989489999999894287e-01,X'789C35CC310EC3300C43D1BB68260AD992E3E81C19050F41EB76699D39B78F55205C383CE07B86312329C39DFAF8D07CA7AD3F8FF12288A0842A44C10F5B9606A76FDFDF84640235548694BF69D83125570D917ACB1AF2DBC7398B59510C89ED4E4A8BC15BBB0072B421FE','2026-11-29 14:04:33.061018');
INSERT INTO "reading" VALUES(5,'r14xck2sqv40',1,1,NULL,1,'tesseract 5.3.0','b92a146698720698+eng','eng','eng',6,0.984125,X'789C6DCD4D0E02210C05E0BB74FD32010A33720DE3AE6181047F1291C90417DE5E5077DA2E9ABC2F791503AF14B45510A17C3F53BF42FBBCD6AD11D8C231B4B1600F35F93940E8B4D542D08B86F5D8CD60378879D821A77A8B6B2498EEAE372F7EB4E849E1838F142984F1EDF824A8EFBE9D4643BBE47F71AAA55C5BCBBF380612C20B3B7632D6','2026-11-29 14:04:41.242341');
INSERT INTO "reading" VALUES(6,'r14xck2sqv40',1,1,NULL,1,'tesseract 5.3.0','b92a146698720698+eng','eng','eng',6,0.984125,X'789C6DCD4D0E02210C05E0BB74FD32010A33720DE3AE6181047F1291C90417DE5E5077DA2E9ABC2F791503AF14B45510A17C3F53BF42FBBCD6AD11D8C231B4B1600F35F93940E8B4D542D08B86F5D8CD60378879D821A77A7BA44830DD5D6F5EFC68D193C207E31A2984F1EDF824A8EFBE9D4643BBE47F71AAA55C5BCBBF380612C20B3C4132D6','2026-11-29 14:04:48.401970');
INSERT INTO "reading" VALUES(7,'r13909v68nbk',4,1,NULL,2,'tesseract 5.3.0','b92a146698720698+eng','eng','eng',3,9.53785714285714236737e-01,X'789C25CB410A80300C44D1BB643D4892B616AF62E8A2A8885075E1FDC15467338BC737C5C40C890C33DAAE9DFC8DE6BAD4F36884A048CE694488E061925C60743C0465A700CD08D265FC6469F7B33946F93A4DBD9381F1CB4AA50F56CA0B35311EAB','2026-11-29 14:04:55.902732');
INSERT INTO "reading" VALUES(8,'r14xck2sqv40',1,1,NULL,1,'tesseract 5.3.0','b92a146698720698+eng','eng','eng',6,0.984125,X'789C6DCD4D0E02210C05E0BB74FD32010A33720DE3AE6181047F1291C90417DE5E5077DA2E9ABC2F791503AF14B45510A17C3F53BF42FBBCD6AD11D8C231B4B1600F35F93940E8B4D542D08B86F5D8CD60378879D821A77A8B6B2498EEAE372F7EB4E849E1838F142984F1EDF824A8EFBE9D4643BBE47F71AAA55C5BCBBF380612C20B3B7632D6','2026-11-29 14:05:13.646454');
CREATE TABLE root (
	name TEXT NOT NULL, 
	path TEXT NOT NULL, 
	CONSTRAINT pk_root PRIMARY KEY (name)
);
INSERT INTO "root" VALUES('scans','/srv/archive/scans');
CREATE TABLE statement (
	item_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	element VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_statement PRIMARY KEY (item_id, position), 
	CONSTRAINT fk_statement_item_id_item FOREIGN KEY(item_id) REFERENCES item (id)
);
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',1,'id','1','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',2,'title','Report of May','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',3,'date','May 1983','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',4,'date_edtf','1983-05','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',5,'language','eng','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',6,'dcmi_type','Text','spreadsheet','from the genre');
INSERT INTO "statement" VALUES('r1hb2hhfnb5k',7,'genre','report','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hmcc6hgcd3',1,'id','2','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hmcc6hgcd3',2,'title','A letter','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hmcc6hgcd3',3,'date','1984','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hmcc6hgcd3',4,'date_edtf','1984','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hmcc6hgcd3',5,'language','eng','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1hmcc6hgcd3',6,'genre','other','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r18xjh5pdf4x',1,'title','First leaf of many','text','page 1, heading');
INSERT INTO "statement" VALUES('r18xjh5pdf4x',2,'title_type','devised','text','page 1, heading');
INSERT INTO "statement" VALUES('r18xjh5pdf4x',3,'language','eng','text','its pages');
CREATE TABLE withheld (
	seq INTEGER NOT NULL, 
	subject_kind VARCHAR(16) NOT NULL, 
	subject_id VARCHAR(32) NOT NULL, 
	component_id VARCHAR(32), 
	until INTEGER NOT NULL, 
	CONSTRAINT pk_withheld PRIMARY KEY (seq)
);
CREATE INDEX ix_component_finding_aid ON component (finding_aid);
CREATE INDEX ix_component_parent_id ON component (parent_id);
CREATE INDEX ix_container_parent_id ON container (parent_id);
CREATE INDEX ix_access_rule_subject ON access_rule (subject_kind, subject_id);
CREATE INDEX ix_event_subject ON event (subject_kind, subject_id);
CREATE INDEX ix_item_local_id ON item (local_id);
CREATE INDEX ix_item_undone ON item (undone);
CREATE INDEX ix_item_component_id ON item (component_id);
CREATE INDEX ix_location_file_id ON location (file_id);
CREATE INDEX ix_prior_state_subject_id ON prior_state (subject_id);
CREATE INDEX ix_identified_file_batch_id ON identified_file (batch_id);
CREATE INDEX ix_identified_file_root_path ON identified_file (root, path);
CREATE UNIQUE INDEX ix_file_outcome_batch_path ON file_outcome (batch_id, path);
CREATE INDEX ix_page_item_sequence ON page (item_id, sequence);
CREATE INDEX ix_page_file_id ON page (file_id);
CREATE INDEX ix_page_item_id ON page (item_id);
CREATE INDEX ix_item_file_file_id ON item_file (file_id);
CREATE INDEX ix_reading_page_id ON reading (page_id);
CREATE INDEX ix_reading_frame ON reading (file_id, frame);
CREATE INDEX ix_page_outcome_batch_id ON page_outcome (batch_id);
CREATE INDEX ix_mention_reading_id ON mention (reading_id);
CREATE INDEX ix_mention_kind_value_id ON mention (kind, value, id);
CREATE INDEX ix_mention_page_id ON mention (page_id);
CREATE INDEX ix_decision_page_id ON decision (page_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',20);
COMMIT;
