package io.wager.cli;

/**
 * The commands for work on wager itself, in a line each. They are in a jar of their own, which {@code ./wager} builds when
 * one is called; their own help and the list of all commands say the same.
 */
public final class DeveloperCommands {

    /** {@code wager faults}. */
    public static final String FAULTS =
            "Runs the services under faults and checks that no wager is lost or counts twice.";

    /** {@code wager bench}. */
    public static final String BENCH = "Measures how fast wager is, as ratios to what this machine can do.";

    /** {@code wager scale}. */
    public static final String SCALE = "Sizes a site for a rate of wagers and simulates it.";

    private DeveloperCommands() {}
}
