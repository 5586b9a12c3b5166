INSERT INTO provider (name, name_hash)
SELECT added.name, added.name_hash
FROM ? AS added
WHERE NOT EXISTS (
    SELECT 1
    FROM provider AS p WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
    WHERE p.name_hash = added.name_hash)
ORDER BY added.name_hash;
