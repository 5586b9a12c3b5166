package io.wager.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Processes that are killed when this JVM ends, so that an interrupted run leaves none. Only {@code kill -9} of this JVM does. */
public final class ChildProcesses {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "kill-child-processes"));
    }

    private ChildProcesses() {}

    /**
     * Has a process end no later than this JVM.
     *
     * @param process that runs
     * @return the same
     */
    public static Process endWithThisJvm(Process process) {
        RUNNING.add(process);
        var unused = process.onExit().thenAccept(RUNNING::remove);
        return process;
    }
}
