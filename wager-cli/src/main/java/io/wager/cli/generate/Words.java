package io.wager.cli.generate;

/** Names and texts of made-up players, providers and games. */
final class Words {

    static final String[] COUNTRIES = {"ZA", "SE", "BW", "NO", "DE", "PT", "KE", "NZ", "CA", "JP"};

    private static final String[] THEMES = {"ancient", "adventure", "wildlife", "jungle", "retro", "family", "crash"};
    private static final String[] FIRST = {
        "Thabo", "Ingrid", "Zoë", "José", "Łukasz", "Naledi", "Søren", "Aiko", "Yusuf", "Marie",
        "Pieter", "Олена", "Amara", "Noah", "Lebo", "Chloé", "Hiro", "Björn", "Fatima", "Ravi"
    };
    private static final String[] LAST = {
        "Nkosi", "Lindqvist", "Botha", "Silva", "Nowak", "Mokoena", "Jensen", "Tanaka", "Demir", "Dubois",
        "van Wyk", "Koval", "Okafor", "Miller", "Dlamini", "Moreau", "Sato", "Strand", "Haddad", "Patel"
    };
    private static final String[] TRAITS = {
        "Amber", "Brisk", "Copper", "Distant", "Early", "Frosty", "Gentle", "Hidden", "Ivory", "Jolly"
    };
    private static final String[] MAKERS = {
        "Anvil Works",
        "Bridge Studios",
        "Comet Games",
        "Dune Interactive",
        "Ember Labs",
        "Falcon Play",
        "Grove Gaming",
        "Harbour Reels",
        "Island Arcade",
        "Junction Slots"
    };
    private static final String[] GAMES = {
        "Temple of Echoes",
        "River Run",
        "Lion's Share",
        "Vine Climber",
        "Neon Alley",
        "Sunday Bingo",
        "Rocket Ride",
        "Pharaoh's Ledger",
        "Northern Trail",
        "Savanna Spins"
    };
    private static final String[] SESSION = {
        "lobby", "table", "spin", "bonus", "device", "tablet", "mobile", "desktop", "reel", "round", "channel",
        "latency", "session", "client", "region", "wallet", "ticket", "promo", "stake", "cashier", "lounge", "profile"
    };
    private static final int MIN_SESSION_WORDS = 8;
    private static final int SESSION_WORDS_RANGE = 70;

    private Words() {}

    static String username(int player, boolean isRenamed) {
        return FIRST[player % FIRST.length] + "." + LAST[player / FIRST.length % LAST.length] + player
                + (isRenamed ? " II" : "");
    }

    static String provider(int provider) {
        return TRAITS[provider / MAKERS.length] + " " + MAKERS[provider % MAKERS.length];
    }

    /** Providers share names of games, as in the field. */
    static String game(int provider, int game) {
        return game == 0 ? GAMES[0] : GAMES[game] + " " + (1 + provider % 3);
    }

    static String theme(int game) {
        return THEMES[game % THEMES.length];
    }

    static String session(Mix mix) {
        var text = new StringBuilder();
        var words = MIN_SESSION_WORDS + mix.below(SESSION_WORDS_RANGE);
        for (var i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(mix.oneOf(SESSION));
        }
        return text.toString();
    }
}
