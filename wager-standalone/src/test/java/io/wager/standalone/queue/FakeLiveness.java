package io.wager.standalone.queue;

import io.wager.standalone.liveness.Liveness;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told. */
final class FakeLiveness implements Liveness {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Integer> exitCodes = new CopyOnWriteArrayList<>();

    @Override
    public void broken(String part, Throwable cause) {
        told.add("broken");
    }

    @Override
    public void mended(String part) {
        told.add("mended");
    }

    @Override
    public void end(int exitCode, String message, Throwable cause) {
        exitCodes.add(exitCode);
    }
}
