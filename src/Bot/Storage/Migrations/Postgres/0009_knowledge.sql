-- Full texts of the library. The words are made by the program (two neighbouring characters each), so the index only splits at spaces.
CREATE INDEX "IX_KnowledgeEntries_FullText" ON "KnowledgeEntries" USING gin (string_to_array("Terms", ' '));
