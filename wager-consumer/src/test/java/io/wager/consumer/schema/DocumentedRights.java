package io.wager.consumer.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The table of {@code docs/database.md} that says which role may do what with which table. */
final class DocumentedRights {

    private static final Path DOCUMENT = Path.of("../docs/database.md");
    private static final Map<String, String> RIGHTS =
            Map.of("read", "SELECT", "add", "INSERT", "change", "UPDATE", "remove", "DELETE");

    private final Map<String, Set<String>> byRole = new TreeMap<>();
    private final List<String> tables = new ArrayList<>();

    private DocumentedRights() {}

    static DocumentedRights read() {
        var found = new DocumentedRights();
        var rows = lines().stream()
                .dropWhile(line -> !line.startsWith("| table | `"))
                .takeWhile(line -> line.startsWith("|"))
                .map(DocumentedRights::cells)
                .toList();
        var roles = rows.getFirst();
        for (var row : rows.subList(2, rows.size())) {
            found.tables.add(row.getFirst());
            for (var column = 1; column < roles.size(); column++) {
                found.byRole
                        .computeIfAbsent(roles.get(column), role -> new TreeSet<>())
                        .addAll(rights(row.get(column), row.getFirst()));
            }
        }
        return found;
    }

    /** For each role its rights, as {@code SELECT on wager}. */
    Map<String, Set<String>> byRole() {
        return byRole;
    }

    List<String> tables() {
        return tables;
    }

    private static List<String> rights(String cell, String table) {
        return Arrays.stream(cell.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(word -> RIGHTS.getOrDefault(word, "unknown " + word) + " on " + table)
                .toList();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
