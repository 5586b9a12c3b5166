package io.wager.consumer.reconcile;

/** The command was not called in a way that it understands. The message says what is wrong. */
final class WrongUsage extends Exception {

    WrongUsage(String message) {
        super(message);
    }
}
