SELECT w.wager_id, w.content_hash
FROM ? AS asked
JOIN wager AS w WITH (FORCESEEK) ON w.wager_id = asked.wager_id;
