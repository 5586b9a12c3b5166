package io.wager.cli.generate;

import io.wager.core.wager.Wager;

/** Spoils wagers, each kind of spoiling in its turn, so that every API that keeps the contract refuses them. */
final class Poison {

    private Poison() {}

    static String spoil(Wager wager, int kind) {
        var text = WagerText.text(wager, 0);
        return switch (kind % 8) {
            case 0 -> text.replace("\"amount\":", "\"amount\":-");
            case 1 -> text.replace("\"amount\":", "\"amount\":1234567890123456");
            case 2 -> text.replace("Z\",\"numberOfBets\"", "\",\"numberOfBets\"");
            case 3 -> text.replace("\"wagerId\":\"", "\"wagerId\":\"x");
            case 4 -> text.replace("\"Username\":\"" + wager.username(), "\"Username\":\" ");
            case 5 -> text.replace("\"createdDateTime\":\"20", "\"createdDateTime\":\"99");
            case 6 -> text.replace("\"theme\"", "\"AMOUNT\":1,\"theme\"");
            default -> text.substring(0, text.length() / 2);
        };
    }
}
