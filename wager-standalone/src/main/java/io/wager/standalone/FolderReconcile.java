package io.wager.standalone;

import io.wager.cli.WagerCli;
import io.wager.consumer.reconcile.ReconcileCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./wager reconcile}: the consumer's command on a data folder that no standalone runs on. */
@Command(
        name = ReconcileCommand.NAME,
        description = {
            ReconcileCommand.DESCRIPTION,
            "The database is that of a data folder. Stop the wager that runs on it first.",
            "Every property of the consumer and of Spring Boot can be given as --its.name=VALUE."
        },
        customSynopsis = "wager reconcile [OPTIONS] [--some.property=VALUE]...",
        exitCodeList = {
            ReconcileCommand.CONSISTENT_MEANS,
            ReconcileCommand.FINDINGS_MEANS,
            ReconcileCommand.INCOMPLETE_MEANS,
            WagerCli.USAGE_MEANS,
            "69:a wager is running on the folder; stop it first",
            WagerCli.BROKEN_MEANS
        },
        footer = {
            "  ./wager reconcile",
            "  ./wager reconcile --data /var/lib/wager --report report.json",
            "  ./wager reconcile --accepted accepted.ndjson --fates fates.ndjson",
            "  ./wager reconcile --repair --actor Zoe"
        })
final class FolderReconcile extends ReconcileCommand {

    private static final int EXIT_CODE_RUNNING = 69;
    private static final String DATABASE = "wager.mv.db";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The data folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    FolderReconcile() {
        // Nothing arrives while it is stopped.
        super(Duration.ZERO);
    }

    @Override
    @SuppressWarnings("try") // The folder is held, and not used.
    public Integer call() {
        var path = data.toAbsolutePath().normalize();
        checkOptions();
        if (!Files.exists(path.resolve(DATABASE))) {
            err().println("wager: there is no database in the data folder " + path + ". Give another by --data.");
            return WagerCli.USAGE;
        }
        try (var folder = DataFolder.take(path)) {
            return run(List.of("--wager.data=" + path));
        } catch (StartFailed e) {
            err().println("wager: a wager is running on the data folder " + path + ". Stop it first, then reconcile.");
            return EXIT_CODE_RUNNING;
        } catch (IOException e) {
            err().println("wager: the data folder could not be released: " + e.getMessage());
            return 1;
        }
    }
}
