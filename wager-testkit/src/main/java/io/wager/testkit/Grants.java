package io.wager.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the scripts for SQL Server grant to whom: those of {@code db/setup} and {@code db/migration/sqlserver}. */
public final class Grants {

    // Tests run in the folder of their module.
    private static final Path SETUP = Path.of("../db/setup");
    private static final Path MIGRATIONS = Path.of("../db/migration/sqlserver");

    private static final Pattern GRANT = Pattern.compile("(?m)^\\s*GRANT ([A-Z, ]+) ON (\\S+) TO ([^;]+);");
    private static final Pattern TABLE = Pattern.compile("(?m)^CREATE TABLE (\\w+)");
    private static final Pattern TYPE = Pattern.compile("(?m)^CREATE TYPE (\\w+)");

    private static final Pattern PROCEDURE = Pattern.compile("(?mi)^\\s*CREATE\\s+(PROC|FUNCTION)");

    private final String scripts;

    private Grants(String scripts) {
        this.scripts = scripts;
    }

    /** Reads the scripts, of which there must be some. */
    public static Grants ofScripts() {
        return ofFolders(List.of(SETUP, MIGRATIONS));
    }

    /** Reads the migrations alone. */
    public static Grants ofMigrations() {
        return ofFolders(List.of(MIGRATIONS));
    }

    /** Reads the setup alone. */
    public static Grants ofSetup() {
        return ofFolders(List.of(SETUP));
    }

    /** What is granted to any of some users and roles: as {@code SELECT on wager}, or {@code SELECT on SCHEMA::dbo}. */
    public Set<String> to(String... grantees) {
        var wanted = Set.of(grantees);
        return GRANT.matcher(scripts)
                .results()
                .filter(grant -> words(grant.group(3)).anyMatch(wanted::contains))
                .flatMap(grant -> words(grant.group(1)).map(right -> right + " on " + bareName(grant.group(2))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tables that the migrations create. */
    public Set<String> tables() {
        return names(TABLE.matcher(scripts));
    }

    /** The table types that the migrations create. */
    public Set<String> types() {
        return names(TYPE.matcher(scripts));
    }

    /** Whether any script creates what EXECUTE on the schema would let everybody run. */
    public boolean createsProcedures() {
        return PROCEDURE.matcher(scripts).find();
    }

    private static Grants ofFolders(List<Path> folders) {
        return new Grants(
                folders.stream().flatMap(Grants::scripts).map(Grants::read).collect(Collectors.joining("\n")));
    }

    private static Stream<Path> scripts(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bareName(String securable) {
        return securable.replaceFirst("^(OBJECT|TYPE)::", "").replaceFirst("^dbo\\.", "");
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip);
    }

    private static Set<String> names(Matcher matcher) {
        return matcher.results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
