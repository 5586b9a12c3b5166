package io.wager.api.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiSlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

@ApiSlice
class DrainSliceTest {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Drain drain;

    @AfterEach
    void goOn() {
        drain.start();
    }

    @Test
    void everyAnswerEndsItsConnectionWhileTheServiceStops() {
        var paths = new String[] {"/api/player/topSpenders", "/livez", "/nowhere"};
        for (var path : paths) {
            assertThat(connectionHeader(path)).as(path).isNotEqualTo("close");
        }

        drain.onApplicationEvent(new ContextClosedEvent(context));

        for (var path : paths) {
            assertThat(connectionHeader(path)).as(path).isEqualTo("close");
        }
    }

    @Test
    void endOfAnotherContextIsNoReasonToStop() {
        drain.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));

        assertThat(drain.isDraining()).isFalse();
    }

    private String connectionHeader(String path) {
        return String.valueOf(http.getForEntity(path, String.class).getHeaders().getFirst("Connection"));
    }
}
