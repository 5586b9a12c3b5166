package io.wager.standalone;

import io.wager.api.security.SecurityMode;
import io.wager.api.security.SecurityProperties;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.Topology;
import io.wager.standalone.key.FolderKeys;
import io.wager.standalone.queue.EmbeddedTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ServerProperties;
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

    /** How far the port is reached from. */
    private static String reach(ApplicationContext application) {
        var address = application.getBean(ServerProperties.class).getAddress();
        return address != null && address.isLoopbackAddress()
                ? "on this machine only"
                : "and on other addresses of this machine";
    }

    /** Who may do what, said plainly. */
    private static String access(ApplicationContext application, StartOptions options, @Nullable String newKey) {
        if (application.getBean(SecurityProperties.class).mode() == SecurityMode.NONE) {
            return "open: whoever reaches the port may do everything. ./wager start --secure asks for keys";
        }
        if (newKey != null) {
            return """
                    by API keys. This one may do everything, and is shown this once:

                              export WAGER_API_KEY=%s

                              ./wager key makes and revokes others""".formatted(newKey);
        }
        return options.isSecure() ? "by API keys, in " + FolderKeys.file(options.data()) : "by API keys or tokens";
    }

    static String of(ApplicationContext application, StartOptions options, @Nullable String newKey) {
        var isOpen = application.getBean(SecurityProperties.class).mode() == SecurityMode.NONE;
        var key = isOpen ? "" : " -H \"X-API-Key: $WAGER_API_KEY\"";
        var source = application.getBean(MessageSource.class);
        return """

                wager is running at %s, %s (Ctrl-C stops it)

                  access  %s
                  data    %s
                  stored  %,d wagers
                  queue   %,d waiting, file of %,d KB
                  dead    %,d open dead letters: %s/api/admin/dead-letters

                Post a wager, see who spends most, read the interface:

                  curl -s %s/api/player/casinowager%s -H 'Content-Type: application/json' -d '%s'

                  curl -s '%s/api/player/topSpenders?count=10'%s

                  %s/swagger-ui.html

                Or send a whole stream, checked to the last digit: ./wager demo
                """.formatted(
                        options.url(),
                        reach(application),
                        access(application, options, newKey),
                        options.data(),
                        storedWagers(application),
                        source.depth(Topology.WAGER_QUEUE),
                        application.getBean(EmbeddedTransport.class).fileBytes() / 1024,
                        openDeadLetters(application) + source.depth(Topology.DEAD_LETTER_QUEUE),
                        options.url(),
                        options.url(),
                        key,
                        EXAMPLE,
                        options.url(),
                        key,
                        options.url());
    }
}
