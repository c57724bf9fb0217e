-- Full texts of the library, kept in step by the database itself. The words are made by the program (two neighbouring characters each), so the index only splits at spaces.
CREATE VIRTUAL TABLE knowledge_index USING fts5 ("Terms", content = 'KnowledgeEntries', content_rowid = 'Id', columnsize = 0, detail = none, tokenize = 'ascii');
CREATE TRIGGER knowledge_added AFTER INSERT ON "KnowledgeEntries" BEGIN
    INSERT INTO knowledge_index (rowid, "Terms") VALUES (new."Id", new."Terms");
END;
CREATE TRIGGER knowledge_changed AFTER UPDATE OF "Terms" ON "KnowledgeEntries" BEGIN
    INSERT INTO knowledge_index (knowledge_index, rowid, "Terms") VALUES ('delete', old."Id", old."Terms");
    INSERT INTO knowledge_index (rowid, "Terms") VALUES (new."Id", new."Terms");
END;
CREATE TRIGGER knowledge_gone AFTER DELETE ON "KnowledgeEntries" BEGIN
    INSERT INTO knowledge_index (knowledge_index, rowid, "Terms") VALUES ('delete', old."Id", old."Terms");
END;
