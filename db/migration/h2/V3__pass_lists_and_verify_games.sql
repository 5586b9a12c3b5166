-- On H2 a list travels as an array, so that there are no types to make.

-- H2 makes an index for every foreign key: here one that nothing reads, and that each stored wager has to write. The key is not
-- needed: each batch verifies in its transaction that the games it names are there, with the names they should have, and
-- nothing deletes a game. SQL Server makes no index for a foreign key, and keeps it.
ALTER TABLE wager DROP CONSTRAINT fk_wager_game;
