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
INSERT INTO "access_rule" VALUES(1,'item','r1r3n30d0j9f','closed',NULL,NULL,NULL,NULL,'Names a minor','','','spreadsheet','2026-11-29 11:57:51.156156',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE alias (
	alias VARCHAR(32) NOT NULL, 
	target VARCHAR(32) NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_alias PRIMARY KEY (alias)
);
CREATE TABLE component (
	ordinal INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	ref_id VARCHAR(255), 
	parent_id VARCHAR(32), 
	level VARCHAR(32) NOT NULL, 
	unitid VARCHAR(255) NOT NULL, 
	title TEXT NOT NULL, 
	date TEXT NOT NULL, 
	date_edtf VARCHAR(64) NOT NULL, 
	description TEXT NOT NULL, 
	CONSTRAINT pk_component PRIMARY KEY (ordinal), 
	CONSTRAINT fk_component_parent_id_component FOREIGN KEY(parent_id) REFERENCES component (id), 
	CONSTRAINT uq_component_id UNIQUE (id), 
	CONSTRAINT uq_component_ref_id UNIQUE (ref_id)
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
	indicator VARCHAR(64) NOT NULL, 
	barcode VARCHAR(64) NOT NULL, 
	parent_id INTEGER, 
	CONSTRAINT pk_container PRIMARY KEY (id), 
	CONSTRAINT fk_container_parent_id_container FOREIGN KEY(parent_id) REFERENCES container (id)
);
INSERT INTO "container" VALUES(1,'box','3','',NULL);
INSERT INTO "container" VALUES(2,'folder','7','',1);
INSERT INTO "container" VALUES(3,'folder','8','',1);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	agent VARCHAR(255) NOT NULL, 
	action VARCHAR(64) NOT NULL, 
	subject_kind VARCHAR(16) NOT NULL, 
	subject_id VARCHAR(255) NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id)
);
INSERT INTO "event" VALUES(1,'2026-11-29 11:57:51.118953','archivist','accession','item','r1qpnwbwq8xr','done','{"row": "1", "file": "a.png"}');
INSERT INTO "event" VALUES(2,'2026-11-29 11:57:51.152868','archivist','accession','item','r1r3n30d0j9f','done','{"row": "2", "file": "c.png"}');
INSERT INTO "event" VALUES(3,'2026-11-29 11:57:51.159429','archivist','access','item','r1r3n30d0j9f','done','{"state": "closed"}');
INSERT INTO "event" VALUES(4,'2026-11-29 11:57:51.169422','archivist','accession','item','r16h0rtf50xt','done','{"row": "", "file": "b"}');
INSERT INTO "event" VALUES(5,'2026-11-29 11:57:57.245496','archivist','read','page','r1x9p8jcw710','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(6,'2026-11-29 11:57:58.472231','archivist','read','page','r18wgwq2vcsm','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(7,'2026-11-29 11:57:59.928638','archivist','read','page','r1h04btrtwm7','read','{"reader": "tesseract"}');
INSERT INTO "event" VALUES(8,'2026-11-29 11:58:00.208724','archivist','read','page','r1h3fm33g0p2','read','{"reader": "tesseract"}');
CREATE TABLE file (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	bytes BIGINT NOT NULL, 
	media_type VARCHAR(64) NOT NULL, 
	frames JSON NOT NULL, 
	embedded JSON NOT NULL, 
	CONSTRAINT pk_file PRIMARY KEY (id), 
	CONSTRAINT uq_file_sha256 UNIQUE (sha256)
);
INSERT INTO "file" VALUES(1,'757831fd086b05e3d6b6945d0818583aecc8dc26141189d1da3682b504ec8314',3446,'image/png','[[1, 900, 140, 200.0, false, ""]]','[]');
INSERT INTO "file" VALUES(2,'69733b23308f0f200118234beb86a208ea839345b976f1494ac1b99b1850d67d',3217,'image/png','[[1, 900, 140, 200.0, false, ""]]','[]');
INSERT INTO "file" VALUES(3,'1cdfab051b24dab773ecb2981381ce2a0133f160d86e35b4376fc3567aaa579f',3811,'image/png','[[1, 900, 140, 200.0, false, ""]]','[]');
INSERT INTO "file" VALUES(4,'87db50a1fa58662308ffd162f7a2d626a8c4dbbbb7a9a478962db8f1b39a9be2',3293,'image/png','[[1, 900, 140, 200.0, false, ""]]','[]');
CREATE TABLE file_outcome (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	items JSON NOT NULL, 
	pages INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_file_outcome PRIMARY KEY (id), 
	CONSTRAINT fk_file_outcome_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "file_outcome" VALUES(1,1,'/srv/archive/scans/a.png','757831fd086b05e3d6b6945d0818583aecc8dc26141189d1da3682b504ec8314','added','','["r1qpnwbwq8xr"]',1,'2026-11-29 11:57:57.252737');
INSERT INTO "file_outcome" VALUES(2,1,'/srv/archive/scans/b/b-1.png','69733b23308f0f200118234beb86a208ea839345b976f1494ac1b99b1850d67d','added','','["r16h0rtf50xt"]',1,'2026-11-29 11:57:59.944370');
INSERT INTO "file_outcome" VALUES(3,1,'/srv/archive/scans/b/b-2.png','1cdfab051b24dab773ecb2981381ce2a0133f160d86e35b4376fc3567aaa579f','added','','["r16h0rtf50xt"]',1,'2026-11-29 11:57:59.945171');
INSERT INTO "file_outcome" VALUES(4,1,'/srv/archive/scans/c.png','87db50a1fa58662308ffd162f7a2d626a8c4dbbbb7a9a478962db8f1b39a9be2','added','','["r1r3n30d0j9f"]',1,'2026-11-29 11:58:00.243335');
CREATE TABLE item (
	ordinal INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	local_id VARCHAR(255), 
	origin TEXT NOT NULL, 
	component_id VARCHAR(32), 
	described_by VARCHAR(64) NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_item PRIMARY KEY (ordinal), 
	CONSTRAINT fk_item_component_id_component FOREIGN KEY(component_id) REFERENCES component (id), 
	CONSTRAINT uq_item_id UNIQUE (id)
);
INSERT INTO "item" VALUES(1,'r1qpnwbwq8xr','1','scans:.',NULL,'3bda0083035060e6','2026-11-29 11:57:51.117697');
INSERT INTO "item" VALUES(2,'r1r3n30d0j9f','2','scans:.',NULL,'92c6e9e5638f635d','2026-11-29 11:57:51.152420');
INSERT INTO "item" VALUES(3,'r16h0rtf50xt',NULL,'',NULL,'3a679a75d7e26d8c','2026-11-29 11:57:51.168903');
CREATE TABLE item_container (
	item_id VARCHAR(32) NOT NULL, 
	container_id INTEGER NOT NULL, 
	CONSTRAINT pk_item_container PRIMARY KEY (item_id, container_id), 
	CONSTRAINT fk_item_container_container_id_container FOREIGN KEY(container_id) REFERENCES container (id), 
	CONSTRAINT fk_item_container_item_id_item FOREIGN KEY(item_id) REFERENCES item (id)
);
INSERT INTO "item_container" VALUES('r1qpnwbwq8xr',1);
INSERT INTO "item_container" VALUES('r1qpnwbwq8xr',2);
INSERT INTO "item_container" VALUES('r1r3n30d0j9f',1);
INSERT INTO "item_container" VALUES('r1r3n30d0j9f',3);
CREATE TABLE item_file (
	item_id VARCHAR(32) NOT NULL, 
	file_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_item_file PRIMARY KEY (item_id, file_id, role), 
	CONSTRAINT fk_item_file_file_id_file FOREIGN KEY(file_id) REFERENCES file (id), 
	CONSTRAINT fk_item_file_item_id_item FOREIGN KEY(item_id) REFERENCES item (id)
);
CREATE TABLE location (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	root VARCHAR(255) NOT NULL, 
	path TEXT NOT NULL, 
	bytes BIGINT NOT NULL, 
	modified_ns BIGINT NOT NULL, 
	CONSTRAINT pk_location PRIMARY KEY (id), 
	CONSTRAINT fk_location_file_id_file FOREIGN KEY(file_id) REFERENCES file (id), 
	CONSTRAINT fk_location_root_root FOREIGN KEY(root) REFERENCES root (name), 
	CONSTRAINT uq_location_root_path UNIQUE (root, path)
);
INSERT INTO "location" VALUES(1,1,'scans','a.png',3446,1795953438485422688);
INSERT INTO "location" VALUES(2,4,'scans','c.png',3293,1795953438521580439);
INSERT INTO "location" VALUES(3,2,'scans','b/b-1.png',3217,1795953438493580439);
INSERT INTO "location" VALUES(4,3,'scans','b/b-2.png',3811,1795953438501580439);
CREATE TABLE mention (
	id INTEGER NOT NULL, 
	reading_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	first_word INTEGER NOT NULL, 
	last_word INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	rule VARCHAR(64) NOT NULL, 
	value VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_mention PRIMARY KEY (id), 
	CONSTRAINT fk_mention_reading_id_reading FOREIGN KEY(reading_id) REFERENCES reading (id)
);
INSERT INTO "mention" VALUES(1,1,'place',2,2,'Tecoluca','name','san-vicente/tecoluca');
INSERT INTO "mention" VALUES(2,4,'place',0,0,'Zacamil','name','san-salvador/mejicanos/zacamil');
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	page_id VARCHAR(32) NOT NULL
);
CREATE TABLE page (
	ordinal INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	item_id VARCHAR(32) NOT NULL, 
	sequence INTEGER NOT NULL, 
	label VARCHAR(64) NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	file_id INTEGER NOT NULL, 
	frame INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	dpi FLOAT, 
	shown_reading INTEGER, 
	CONSTRAINT pk_page PRIMARY KEY (ordinal), 
	CONSTRAINT fk_page_file_id_file FOREIGN KEY(file_id) REFERENCES file (id), 
	CONSTRAINT fk_page_item_id_item FOREIGN KEY(item_id) REFERENCES item (id), 
	CONSTRAINT uq_page_id UNIQUE (id)
);
INSERT INTO "page" VALUES(1,'r1x9p8jcw710','r1qpnwbwq8xr',1,'','',1,1,900,140,200.0,1);
INSERT INTO "page" VALUES(2,'r1h3fm33g0p2','r1r3n30d0j9f',1,'','',4,1,900,140,200.0,4);
INSERT INTO "page" VALUES(3,'r18wgwq2vcsm','r16h0rtf50xt',1,'','',2,1,900,140,200.0,2);
INSERT INTO "page" VALUES(4,'r1h04btrtwm7','r16h0rtf50xt',2,'','',3,1,900,140,200.0,3);
CREATE TABLE page_outcome (
	page_id VARCHAR(32) NOT NULL, 
	recipe VARCHAR(64) NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	traceback TEXT NOT NULL, 
	reader_seconds FLOAT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_page_outcome PRIMARY KEY (page_id), 
	CONSTRAINT fk_page_outcome_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);
INSERT INTO "page_outcome" VALUES('r1x9p8jcw710','6c207073df7c1a57','read','','',2.15675935499893967062e+00,'2026-11-29 11:57:57.241690');
INSERT INTO "page_outcome" VALUES('r18wgwq2vcsm','6c207073df7c1a57','read','','',1.20414038399758283048e+00,'2026-11-29 11:57:58.471299');
INSERT INTO "page_outcome" VALUES('r1h04btrtwm7','6c207073df7c1a57','read','','',1.45770377199369249865e+00,'2026-11-29 11:57:59.928049');
INSERT INTO "page_outcome" VALUES('r1h3fm33g0p2','6c207073df7c1a57','read','','',1.65472984500229358673e+00,'2026-11-29 11:58:00.207673');
CREATE TABLE reading (
	id INTEGER NOT NULL, 
	page_id VARCHAR(32) NOT NULL, 
	file_id INTEGER NOT NULL, 
	frame INTEGER NOT NULL, 
	reader VARCHAR(64) NOT NULL, 
	recipe VARCHAR(64) NOT NULL, 
	languages VARCHAR(64) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	words INTEGER NOT NULL, 
	confidence FLOAT, 
	layout BLOB NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (id), 
	CONSTRAINT fk_reading_file_id_file FOREIGN KEY(file_id) REFERENCES file (id), 
	CONSTRAINT fk_reading_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);
INSERT INTO "reading" VALUES(1,'r1x9p8jcw710',1,1,'tesseract 5.3.0','6c207073df7c1a57','eng','eng',3,0.935365658888889,X'789C1D8C310A80301004FF72F522392F51EF1B6277A41089366A44F4FF266EB3C50C630C750EEC1DCC289D1B95371AD395EF87201E41C0AD87285CA35D84D17AE783C03DC32B860E122A12A96C4A4BDEDF6526B4858752EEB5568AC01AFF7D8BB41CE6','2026-11-29 11:57:57.238676');
INSERT INTO "reading" VALUES(2,'r18wgwq2vcsm',2,1,'tesseract 5.3.0','6c207073df7c1a57','eng','eng',4,9.64060319333333359814e-01,X'789C35CC310EC2400C04C0BFB85E213B3EE3F307F884952245122141908086DF737752B6D962B49B826086144626ADC74EAD936EF7F7E74BD0025378850AF812579F91F458978D2093A3049CA136AC747B3599B876513F65AC9ECBF16B661516108EFEDDD0EA3CF207C76320A0','2026-11-29 11:57:58.465274');
INSERT INTO "reading" VALUES(3,'r1h04btrtwm7',3,1,'tesseract 5.3.0','6c207073df7c1a57','eng','eng',4,9.64989489999999894287e-01,X'789C35CC310E80300C43D1BB64B6504A524ACEC1183120282C50666E4F8B84170F4FFA1E60CC08CA70A75C0EAAEF34E5F52E1B4104B1A94214DCD930CC703AF3B2138209D49018123FD36677953E691349BF8C4DAEA53CB5D82BA221B0FD4999BFBD0D792119','2026-11-29 11:57:59.922474');
INSERT INTO "reading" VALUES(4,'r1h3fm33g0p2',4,1,'tesseract 5.3.0','6c207073df7c1a57','eng','eng',3,9.43635697999999911722e-01,X'789C2DCB410A80300C44D1BB643D4892B68A5731B82855A45075E1FDC1589CCD2C1EDF0433332432CC68BF0EF2375A72C9676D84A048CE694488E061966985517D08CA4E013A21C8276397D2EE67DF5CA3F450D31F3AF7BD31591BB5','2026-11-29 11:58:00.190119');
CREATE TABLE root (
	name VARCHAR(255) NOT NULL, 
	path TEXT NOT NULL, 
	CONSTRAINT pk_root PRIMARY KEY (name)
);
INSERT INTO "root" VALUES('scans','/srv/archive/scans');
CREATE TABLE run (
	id INTEGER NOT NULL, 
	started DATETIME NOT NULL, 
	ended DATETIME, 
	recipe VARCHAR(64) NOT NULL, 
	paths JSON NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (id)
);
INSERT INTO "run" VALUES(1,'2026-11-29 11:57:44.342029','2026-11-29 11:58:00.802573','6c207073df7c1a57','["/srv/archive/scans"]');
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
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',1,'id','1','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',2,'title','Report of May','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',3,'date','May 1983','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',4,'date_edtf','1983-05','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',5,'language','eng','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',6,'dcmi_type','Text','spreadsheet','from the genre');
INSERT INTO "statement" VALUES('r1qpnwbwq8xr',7,'genre','report','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r16h0rtf50xt',1,'title','First leaf of many','text','page 1, heading');
INSERT INTO "statement" VALUES('r16h0rtf50xt',2,'title_type','devised','text','page 1, heading');
INSERT INTO "statement" VALUES('r16h0rtf50xt',3,'language','eng','text','its pages');
INSERT INTO "statement" VALUES('r1r3n30d0j9f',1,'id','2','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1r3n30d0j9f',2,'title','A letter','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1r3n30d0j9f',3,'date','1984','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1r3n30d0j9f',4,'date_edtf','1984','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1r3n30d0j9f',5,'language','eng','spreadsheet','metadata.csv');
INSERT INTO "statement" VALUES('r1r3n30d0j9f',6,'genre','other','spreadsheet','metadata.csv');
CREATE INDEX ix_access_rule_subject ON access_rule (subject_kind, subject_id);
CREATE INDEX ix_component_parent_id ON component (parent_id);
CREATE INDEX ix_container_parent_id ON container (parent_id);
CREATE INDEX ix_event_subject ON event (subject_kind, subject_id);
CREATE INDEX ix_file_outcome_run_id ON file_outcome (run_id);
CREATE INDEX ix_item_component_id ON item (component_id);
CREATE INDEX ix_item_local_id ON item (local_id);
CREATE INDEX ix_location_file_id ON location (file_id);
CREATE INDEX ix_item_file_file_id ON item_file (file_id);
CREATE INDEX ix_page_file_id ON page (file_id);
CREATE INDEX ix_page_item_id ON page (item_id);
CREATE INDEX ix_page_item_sequence ON page (item_id, sequence);
CREATE INDEX ix_reading_frame ON reading (file_id, frame);
CREATE INDEX ix_reading_page_id ON reading (page_id);
CREATE INDEX ix_mention_reading_id ON mention (reading_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',10);
COMMIT;
