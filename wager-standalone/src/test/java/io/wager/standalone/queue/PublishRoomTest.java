package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishRoomTest {

    @Test
    void bytesAreBoundedAsWellAsMessages() throws Exception {
        var room = new PublishRoom(3, 100);

        assertThat(room.acquire(90, 0)).isTrue();
        assertThat(room.acquire(20, 0)).isFalse();
        assertThat(room.acquire(10, 0)).isTrue();
        assertThat(room.acquire(0, 0)).isTrue();
        assertThat(room.acquire(0, 0)).isFalse();
        assertThat(room.messages()).isEqualTo(3);
        assertThat(room.bytes()).isEqualTo(100);
    }

    @Test
    void whatIsGivenBackIsThereAgainAndARefusalTakesNothing() throws Exception {
        var room = new PublishRoom(2, 100);
        room.acquire(100, 0);
        room.acquire(1, 0);

        room.release(100);

        assertThat(room.messages()).isZero();
        assertThat(room.acquire(100, 0)).isTrue();
    }
}
