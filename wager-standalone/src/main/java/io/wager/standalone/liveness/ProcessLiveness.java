package io.wager.standalone.liveness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** The liveness of this process: what {@code /livez} answers, and its end. */
final class ProcessLiveness implements Liveness, ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLiveness.class);

    private final ApplicationContext context;
    private final Set<String> brokenParts = ConcurrentHashMap.newKeySet();
    private volatile boolean isBrokenByOthers;

    ProcessLiveness(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void broken(String part, Throwable cause) {
        if (brokenParts.add(part)) {
            LOG.error("broken, trying to repair it part={}", part, cause);
            AvailabilityChangeEvent.publish(context, this, LivenessState.BROKEN);
        }
    }

    @Override
    public void mended(String part) {
        if (brokenParts.remove(part)) {
            LOG.info("mended part={}", part);
            if (brokenParts.isEmpty() && !isBrokenByOthers) {
                AvailabilityChangeEvent.publish(context, this, LivenessState.CORRECT);
            }
        }
    }

    /** What others found broken, as the watchdog does, is not ours to call well. */
    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
        if (event.getSource() != this && event.getState() == LivenessState.BROKEN) {
            isBrokenByOthers = true;
        }
    }

    @Override
    public void end(int exitCode, String message, Throwable cause) {
        // The message first: with the memory used up, the log may need more than there is.
        System.err.println("wager: " + message);
        try {
            LOG.error("ending exitCode={}", exitCode, cause);
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
