package io.wager.cli.post;

/** The input can't be read on from here. The message tells what is wrong and where. */
final class BrokenInputException extends Exception {

    BrokenInputException(String message) {
        super(message);
    }
}
