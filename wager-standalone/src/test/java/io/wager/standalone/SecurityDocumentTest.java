package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md against the tests that it names. */
class SecurityDocumentTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        var named = new TreeSet<String>();
        var matcher = TEST_CLASS.matcher(Files.readString(ROOT.resolve("docs/security.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(testClasses()).containsAll(named);
    }

    /** The names of all test classes of all modules. */
    private static Set<String> testClasses() throws IOException {
        try (var modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SecurityDocumentTest::files)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
