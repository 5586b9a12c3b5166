package io.wager.standalone;

import io.wager.consumer.reconcile.ReconcileCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./wager reconcile}: the consumer's command on a data folder that no standalone runs on. */
final class FolderReconcile {

    private static final int EXIT_CODE_RUNNING = 69;
    private static final String DATABASE = "wager.mv.db";

    private FolderReconcile() {}

    /** Runs the command and returns its exit code. */
    static int run(String[] arguments) {
        var data = Path.of("data");
        List<String> options = new ArrayList<>();
        for (var i = 1; i < arguments.length; i++) {
            if (arguments[i].startsWith("--data=")) {
                data = Path.of(arguments[i].substring("--data=".length()));
            } else if (arguments[i].equals("--data") && i + 1 < arguments.length) {
                data = Path.of(arguments[++i]);
            } else {
                options.add(arguments[i]);
            }
        }
        if (options.contains("--help") || options.contains("-h")) {
            System.out.println("./wager reconcile [--data DIR]: on the folder of a wager that is stopped.");
            return ReconcileCommand.run("--help");
        }
        return run(data.toAbsolutePath().normalize(), options);
    }

    @SuppressWarnings("try") // The folder is held, and not used.
    private static int run(Path data, List<String> options) {
        if (!Files.exists(data.resolve(DATABASE))) {
            System.err.println("wager: there is no database in the data folder " + data + ". Give another by --data.");
            return WagerCommand.usageExitCode();
        }
        try (var folder = DataFolder.take(data)) {
            options.add("--wager.data=" + data);
            if (options.stream().noneMatch(option -> option.startsWith("--settle"))) {
                // Nothing arrives while it is stopped.
                options.add("--settle=0s");
            }
            return ReconcileCommand.run(options.toArray(String[]::new));
        } catch (StartFailed e) {
            System.err.println(
                    "wager: a wager is running on the data folder " + data + ". Stop it first, then reconcile.");
            return EXIT_CODE_RUNNING;
        } catch (IOException e) {
            System.err.println("wager: the data folder could not be let go of: " + e.getMessage());
            return 1;
        }
    }
}
