package io.wager.standalone;

import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import io.wager.standalone.queue.EmbeddedTransport;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first screen: what runs, where its data are, and three commands to paste. */
final class FirstScreen {

    /** Always the same wager: pasting it again is a duplicate, not a conflict. */
    private static final String EXAMPLE = """
            {
                "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "accountId": "2c937b23-03ae-4110-90d5-47d055d89001",
                "username": "Marit.Oosthuizen41", "provider": "Quiet Bronze Kettle", "gameName": "Humble Clay Harp",
                "theme": "crash", "amount": 6776.968566761588, "createdDateTime": "2026-05-18T00:04:10.4947679+02:00",
                "numberOfBets": 8, "countryCode": "SE", "duration": 3355184}""";

    private FirstScreen() {}

    static long storedWagers(ApplicationContext application) {
        return application
                .getBean(JdbcClient.class)
                .sql("SELECT COALESCE(SUM(wager_count), 0) FROM player")
                .query(Long.class)
                .single();
    }

    private static long openDeadLetters(ApplicationContext application) {
        return application
                .getBean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM dead_letter WHERE status = 'open'")
                .query(Long.class)
                .single();
    }

    static String of(ApplicationContext application, StartOptions options) {
        var source = application.getBean(MessageSource.class);
        return """

                wager is running at %s, on this machine only (Ctrl-C stops it)

                  data    %s
                  stored  %,d wagers
                  queue   %,d waiting, file of %,d KB
                  dead    %,d open dead letters: %s/api/admin/dead-letters

                Post a wager, see who spends most, read the interface:

                  curl -s %s/api/player/casinowager -H 'Content-Type: application/json' -d '%s'

                  curl -s '%s/api/player/topSpenders?count=10'

                  %s/swagger-ui.html

                Or send a whole stream, checked to the last digit: ./wager demo
                """.formatted(
                        options.url(),
                        options.data(),
                        storedWagers(application),
                        source.depth(Topology.WAGER_QUEUE),
                        application.getBean(EmbeddedTransport.class).fileBytes() / 1024,
                        openDeadLetters(application) + source.depth(Topology.DEAD_LETTER_QUEUE),
                        options.url(),
                        options.url(),
                        EXAMPLE,
                        options.url(),
                        options.url());
    }
}
