package io.wager.bench.speed;

import java.lang.management.ManagementFactory;

/**
 * What a run was measured on.
 *
 * @param processors that the JVM may use
 * @param java the JVM's name and version
 * @param system the operating system's name, version and architecture
 * @param load the system's load average of the last minute before the run; negative where it is not known
 */
public record Machine(int processors, String java, String system, double load) {

    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + ' ' + Runtime.version(),
                System.getProperty("os.name")
                        + ' '
                        + System.getProperty("os.version")
                        + ' '
                        + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
