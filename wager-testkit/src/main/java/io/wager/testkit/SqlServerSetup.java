package io.wager.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The batches of {@code db/setup/sqlserver.sql} for a database of another name, with logins that begin with that name. The script's own
 * names may be those of an installation on the same server.
 */
final class SqlServerSetup {

    // Tests run in the folder of their module.
    private static final Path SCRIPT = Path.of("../db/setup/sqlserver.sql");
    private static final Pattern END_OF_BATCH = Pattern.compile("(?m)^GO\\s*$");
    private static final Pattern COMMAND_OF_SQLCMD = Pattern.compile("(?m)^:.*$");
    private static final Pattern LOGIN = Pattern.compile("\\bwager_(owner|consumer|api)\\b");
    private static final Pattern DATABASE =
            Pattern.compile("(DATABASE |DATABASE = |USE )wager\\b|((?:DB_ID\\(|name = )N')wager'");
    private static final Pattern PASSWORD = Pattern.compile("\\$\\(WAGER_DB_[A-Z]+_PASSWORD\\)");

    /** Statements, and a clause, of which Babelfish for PostgreSQL 4.4 knows none: what it is left with are users, roles, members and rights. */
    private static final Pattern UNKNOWN_TO_BABELFISH = Pattern.compile("(?m)"
            + "^\\s*(IF EXISTS \\([^;]*\\)\\s+ALTER DATABASE|ALTER AUTHORIZATION|ALTER USER|GRANT CONTROL|GRANT CREATE) [^;]*;"
            + "|(?<=CREATE ROLE \\w{1,30}) AUTHORIZATION \\w+");

    private SqlServerSetup() {}

    /** A batch without what Babelfish for PostgreSQL does not know; may be empty. */
    static String forBabelfish(String batch) {
        return UNKNOWN_TO_BABELFISH.matcher(batch).replaceAll("").strip();
    }

    /** The batches in order, for one connection; a comment alone is none. */
    static List<String> batches(String database, String password) {
        var script = COMMAND_OF_SQLCMD.matcher(read()).replaceAll("");
        script = DATABASE.matcher(script)
                .replaceAll(
                        found -> found.group(1) != null ? found.group(1) + database : found.group(2) + database + "'");
        script = LOGIN.matcher(script).replaceAll(database + "_$1");
        script = PASSWORD.matcher(script).replaceAll(password);
        return END_OF_BATCH
                .splitAsStream(script)
                .map(String::strip)
                .filter(batch -> !batch.isEmpty())
                .toList();
    }

    private static String read() {
        try {
            return Files.readString(SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
