package io.wager.consumer.store;

import io.wager.consumer.store.GameIds.Game;

/**
 * A game with its id, and what tells whether the id is still this game's.
 *
 * @param id in the database that was asked
 * @param nameHash the SHA-256 of the game's name; 32 bytes
 * @param providerNameHash the SHA-256 of the provider's name; 32 bytes
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record KnownGame(int id, byte[] nameHash, byte[] providerNameHash) {

    static KnownGame of(int id, Game game) {
        return new KnownGame(id, Sha256.of(game.name()), Sha256.of(game.provider()));
    }
}
