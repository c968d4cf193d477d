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
INSERT INTO "access_rule" VALUES(1,'item','r1wgmxbc01qs','closed',NULL,NULL,NULL,NULL,'Names a minor','','','spreadsheet','2026-11-29 12:03:19.534035',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE alias (
	alias VARCHAR(32) NOT NULL, 
	target VARCHAR(32) NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
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
INSERT INTO "batch" VALUES(1,'ingest','scans','["/srv/archive/scans"]','73a4192054035589','2026-11-29 12:03:09.038205','2026-11-29 12:04:29.364988',NULL);
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
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	page_id VARCHAR(32) NOT NULL, 
	reading_id INTEGER NOT NULL, 
	anchor JSON NOT NULL, 
	text TEXT NOT NULL, 
	author TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	ended DATETIME, 
	placed_on INTEGER, 
	CONSTRAINT pk_correction PRIMARY KEY (id), 
	CONSTRAINT fk_correction_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_correction_reading_id_reading FOREIGN KEY(reading_id) REFERENCES reading (id), 
	CONSTRAINT fk_correction_placed_on_reading FOREIGN KEY(placed_on) REFERENCES reading (id)
);
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
INSERT INTO "event" VALUES(1,'2026-11-29 12:03:17.607398','archivist','accession','item','r1m06vftbbjx','done','{"row": "1", "file": "a.png"}');
INSERT INTO "event" VALUES(2,'2026-11-29 12:03:19.526457','archivist','accession','item','r1wgmxbc01qs','done','{"row": "2", "file": "c.png"}');
INSERT INTO "event" VALUES(3,'2026-11-29 12:03:19.536850','archivist','access','item','r1wgmxbc01qs','done','{"state": "closed"}');
INSERT INTO "event" VALUES(4,'2026-11-29 12:03:19.563445','archivist','accession','item','r19bbwq1tg6k','done','{"row": "", "file": "b"}');
INSERT INTO "event" VALUES(5,'2026-11-29 12:04:19.616539','archivist','read','page','r1qjxmsdnppn','read','{"reader": "tesseract+rapidocr"}');
INSERT INTO "event" VALUES(6,'2026-11-29 12:04:21.144824','archivist','read','page','r1dqwdxjfd9g','read','{"reader": "tesseract+rapidocr"}');
INSERT INTO "event" VALUES(7,'2026-11-29 12:04:22.988221','archivist','read','page','r1wc372dqjp7','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(8,'2026-11-29 12:04:26.005183','archivist','read','page','r17409h027qf','read','{"reader": "tesseract"}');
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
INSERT INTO "file_outcome" VALUES(1,1,'/srv/archive/scans/c.png','87db50a1fa58662308ffd162f7a2d626a8c4dbbbb7a9a478962db8f1b39a9be2','added','','["r1wgmxbc01qs"]',1,'2026-11-29 12:04:20.083312');
INSERT INTO "file_outcome" VALUES(2,1,'/srv/archive/scans/a.png','757831fd086b05e3d6b6945d0818583aecc8dc26141189d1da3682b504ec8314','added','','["r1m06vftbbjx"]',1,'2026-11-29 12:04:21.188435');
INSERT INTO "file_outcome" VALUES(3,1,'/srv/archive/scans/b/b-1.png','69733b23308f0f200118234beb86a208ea839345b976f1494ac1b99b1850d67d','added','','["r19bbwq1tg6k"]',1,'2026-11-29 12:04:26.028179');
INSERT INTO "file_outcome" VALUES(4,1,'/srv/archive/scans/b/b-2.png','1cdfab051b24dab773ecb2981381ce2a0133f160d86e35b4376fc3567aaa579f','added','','["r19bbwq1tg6k"]',1,'2026-11-29 12:04:26.029619');
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
INSERT INTO "item" VALUES(1,'r1m06vftbbjx','1','scans:',NULL,'556f51ce08487e81','da079e9d4c33023f8bb34d33836d40d4b4ffe0fcb902855dabb4daaa465c3f12',NULL,'eng','2026-11-29 12:03:17.604888');
INSERT INTO "item" VALUES(2,'r1wgmxbc01qs','2','scans:',NULL,'426f79b130565182','e4d98d69fc1d2a66bc559b22321d8b95110cae3d127f344cb8ed84dce4d91e05',NULL,'eng','2026-11-29 12:03:19.525981');
INSERT INTO "item" VALUES(3,'r19bbwq1tg6k',NULL,'',NULL,'55f52c376f51ba24','c816057d61ca94d81b024bbbf7b9ceae18b56d1fcd540170001ea5ab07b077c4',NULL,'','2026-11-29 12:03:19.562808');
CREATE TABLE item_container (
	item_id VARCHAR(32) NOT NULL, 
	container_id INTEGER NOT NULL, 
	CONSTRAINT pk_item_container PRIMARY KEY (item_id, container_id), 
	CONSTRAINT fk_item_container_item_id_item FOREIGN KEY(item_id) REFERENCES item (id), 
	CONSTRAINT fk_item_container_container_id_container FOREIGN KEY(container_id) REFERENCES container (id)
);
INSERT INTO "item_container" VALUES('r1m06vftbbjx',1);
INSERT INTO "item_container" VALUES('r1m06vftbbjx',2);
INSERT INTO "item_container" VALUES('r1wgmxbc01qs',1);
INSERT INTO "item_container" VALUES('r1wgmxbc01qs',3);
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
INSERT INTO "location" VALUES(1,1,'scans','a.png',3446,1795953760773582354,NULL,'');
INSERT INTO "location" VALUES(2,4,'scans','c.png',3293,1795953760805582354,NULL,'');
INSERT INTO "location" VALUES(3,2,'scans','b/b-1.png',3217,1795953760781582354,NULL,'');
INSERT INTO "location" VALUES(4,3,'scans','b/b-2.png',3811,1795953760797582354,NULL,'');
CREATE TABLE mention (
	id INTEGER NOT NULL, 
	reading_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	first_word INTEGER NOT NULL, 
	last_word INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	rule VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_mention PRIMARY KEY (id), 
	CONSTRAINT fk_mention_reading_id_reading FOREIGN KEY(reading_id) REFERENCES reading (id)
);
INSERT INTO "mention" VALUES(1,1,'place',0,0,'Zacamil','name','san-salvador/mejicanos/zacamil');
INSERT INTO "mention" VALUES(2,2,'place',2,2,'Tecoluca','name','san-vicente/tecoluca');
INSERT INTO "mention" VALUES(3,3,'running head',0,3,'First leaf of many','recurring line','');
INSERT INTO "mention" VALUES(4,4,'running head',0,3,'Second leaf of many','recurring line','');
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	page_id VARCHAR(32) NOT NULL
);
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
INSERT INTO "page" VALUES(1,'r1dqwdxjfd9g','r1m06vftbbjx',1,'','',1,1,900,140,200.0,2,'',0,0);
INSERT INTO "page" VALUES(2,'r1qjxmsdnppn','r1wgmxbc01qs',1,'','',4,1,900,140,200.0,1,'',0,0);
INSERT INTO "page" VALUES(3,'r1wc372dqjp7','r19bbwq1tg6k',1,'','',2,1,900,140,200.0,3,'',0,0);
INSERT INTO "page" VALUES(4,'r17409h027qf','r19bbwq1tg6k',2,'','',3,1,900,140,200.0,4,'',0,0);
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
INSERT INTO "page_outcome" VALUES('r1qjxmsdnppn',1,'73a4192054035589+eng',NULL,'read','','',4.33612660449944087304e+01,'2026-11-29 12:04:19.603873');
INSERT INTO "page_outcome" VALUES('r1dqwdxjfd9g',1,'73a4192054035589+eng',NULL,'read','','',47.9001099409943,'2026-11-29 12:04:21.134929');
INSERT INTO "page_outcome" VALUES('r1wc372dqjp7',1,'73a4192054035589',NULL,'read','','',2.86814660999516490846e+00,'2026-11-29 12:04:22.800729');
INSERT INTO "page_outcome" VALUES('r17409h027qf',1,'73a4192054035589',NULL,'read','','',4.88978985800349619239e+00,'2026-11-29 12:04:26.004177');
CREATE TABLE prior_state (
	batch_id INTEGER NOT NULL, 
	subject_kind VARCHAR(16) NOT NULL, 
	subject_id VARCHAR(32) NOT NULL, 
	state JSON NOT NULL, 
	CONSTRAINT pk_prior_state PRIMARY KEY (batch_id, subject_kind, subject_id), 
	CONSTRAINT fk_prior_state_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "prior_state" VALUES(1,'item','r1m06vftbbjx','null');
INSERT INTO "prior_state" VALUES(1,'place','1','null');
INSERT INTO "prior_state" VALUES(1,'item','r1wgmxbc01qs','null');
INSERT INTO "prior_state" VALUES(1,'place','2','null');
INSERT INTO "prior_state" VALUES(1,'item','r19bbwq1tg6k','null');
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
INSERT INTO "reading" VALUES(1,'r1qjxmsdnppn',4,1,NULL,NULL,'tesseract+rapidocr 5.3.0+3.10.0','73a4192054035589+eng','eng','eng',3,0.822786527974772,X'789C25CB310A80301044D1BB6C3DC86693A8B98A4B8A104502510BEF0FAE3ACD148FAF82C40C1718AAB49D3BD92B2DA596A375821744E338C207F030863943A9DD0461230F99E09D494A2FD47EDDDB6A18DCD749FCBB34B9FC0E9AF3036C351C62','2026-11-29 12:04:19.424634');
INSERT INTO "reading" VALUES(2,'r1dqwdxjfd9g',1,1,NULL,NULL,'tesseract+rapidocr 5.3.0+3.10.0','73a4192054035589+eng','eng','eng',3,8.34305191401630397152e-01,X'789C15CC3B0A80301084E1BB6C3DC8E665DC6B88DD924242B45123A2F73799668A0F7EB5106618CF50A572EDD45E692E777D5E82F3080EC67A38010F126382D2F6D49360A281174C235CE83649B7A5E47A7C7925D8E6A1A5A3F40C0F63487DD0947EE49C1DD6','2026-11-29 12:04:21.065129');
INSERT INTO "reading" VALUES(3,'r1wc372dqjp7',2,1,NULL,NULL,'tesseract 5.3.0','73a4192054035589','eng','eng',4,9.66950482368727382009e-01,X'789C2DCC310A42410C84E1BBA41E24C9EE92E4025E226CF18AA708FA04B5F1F66EC069FEE283494530433A2393F6E34AAB49E7DBEBFD21B48ED1608E26E053B84D24DDF7ED421035F48031DA28532D7B2E51F692667FF182C7767C170DC70808475D97C9AC21E7FC010ACD2148','2026-11-29 12:04:22.665048');
INSERT INTO "reading" VALUES(4,'r17409h027qf',3,1,NULL,NULL,'tesseract 5.3.0','73a4192054035589','eng','eng',4,9.65599813705773413197e-01,X'789C2DCC310E84300C44D1BBB81EAD9CD851F039B6B452A0DD4003A1E6F6C412D34CF1A4EF19C68CA40C77EA63A7F94EDFFEBBC69F208212AA10057FAC5A83D3D1D78D904CA086CA90129653D83525570D91FACA1270AEE39EC1AC2886C4F616176931786B0F524A21C7','2026-11-29 12:04:26.001027');
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
INSERT INTO "statement" VALUES('r1wgmxbc01qs',1,'id','2','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1wgmxbc01qs',2,'title','A letter','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1wgmxbc01qs',3,'date','1984','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1wgmxbc01qs',4,'date_edtf','1984','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1wgmxbc01qs',5,'language','eng','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1wgmxbc01qs',6,'genre','other','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1m06vftbbjx',1,'id','1','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1m06vftbbjx',2,'title','Report of May','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1m06vftbbjx',3,'date','May 1983','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1m06vftbbjx',4,'date_edtf','1983-05','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1m06vftbbjx',5,'language','eng','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1m06vftbbjx',6,'dcmi_type','Text','spreadsheet','from the genre');
INSERT INTO "statement" VALUES('r1m06vftbbjx',7,'genre','report','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r19bbwq1tg6k',1,'title','First leaf of many','text','page 1, heading');
INSERT INTO "statement" VALUES('r19bbwq1tg6k',2,'title_type','devised','text','page 1, heading');
INSERT INTO "statement" VALUES('r19bbwq1tg6k',3,'language','eng','text','its pages');
CREATE TABLE withheld (
	seq INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	subject_id VARCHAR(32) NOT NULL, 
	component_id VARCHAR(32), 
	until INTEGER NOT NULL, 
	CONSTRAINT pk_withheld PRIMARY KEY (seq)
);
CREATE INDEX ix_component_parent_id ON component (parent_id);
CREATE INDEX ix_component_finding_aid ON component (finding_aid);
CREATE INDEX ix_container_parent_id ON container (parent_id);
CREATE INDEX ix_access_rule_subject ON access_rule (subject_kind, subject_id);
CREATE INDEX ix_event_subject ON event (subject_kind, subject_id);
CREATE INDEX ix_item_component_id ON item (component_id);
CREATE INDEX ix_item_local_id ON item (local_id);
CREATE INDEX ix_item_undone ON item (undone);
CREATE INDEX ix_location_file_id ON location (file_id);
CREATE INDEX ix_prior_state_subject_id ON prior_state (subject_id);
CREATE UNIQUE INDEX ix_file_outcome_batch_path ON file_outcome (batch_id, path);
CREATE INDEX ix_page_file_id ON page (file_id);
CREATE INDEX ix_page_item_sequence ON page (item_id, sequence);
CREATE INDEX ix_page_item_id ON page (item_id);
CREATE INDEX ix_item_file_file_id ON item_file (file_id);
CREATE INDEX ix_reading_page_id ON reading (page_id);
CREATE INDEX ix_reading_frame ON reading (file_id, frame);
CREATE INDEX ix_page_outcome_batch_id ON page_outcome (batch_id);
CREATE INDEX ix_mention_reading_id ON mention (reading_id);
CREATE INDEX ix_correction_page_id ON correction (page_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',12);
COMMIT;
