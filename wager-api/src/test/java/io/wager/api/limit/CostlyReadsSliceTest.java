package io.wager.api.limit;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.support.ApiTest;
import io.wager.core.wager.WagerEncoder;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** As many costly reads of each kind as may be hold their connections, in the middle of a statement that does not end. */
class CostlyReadsSliceTest extends ApiTest {

    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final String PLAYER = "6581621c-2f86-422d-bf1e-9b92a6efb539";

    @Autowired
    private BulkheadRegistry bulkheads;

    @Autowired
    private CostlyReads costly;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void asManyAreReadingAsMay() throws InterruptedException {
        for (var kind : CostlyRead.values()) {
            var free = bulkheads.bulkhead(kind.bulkhead()).getMetrics().getAvailableConcurrentCalls();
            var begun = new CountDownLatch(free);
            for (var reader = 0; reader < free; reader++) {
                readers.execute(() -> costly.read(kind, () -> {
                    var one = jdbc.sql("SELECT 1").query(Integer.class).single();
                    begun.countDown();
                    awaitEnd();
                    return one;
                }));
            }
            begun.await();
        }
    }

    @AfterEach
    void theyEnd() {
        end.countDown();
        readers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/breakdown?by=provider",
                "/api/analytics/breakdown?by=game&from=2026-11-20&to=2026-11-20",
                "/api/analytics/breakdown?by=day",
                "/api/player/topSpenders?from=2026-01-01&to=2026-06-30",
                "/api/player/topSpenders?to=2026-06-30",
                "/api/admin/dead-letters?text=x",
                "/api/admin/dead-letters/count?text=x",
                "/api/admin/dead-letters/groups",
                "/api/admin/dead-letters/export",
                "/api/player/6581621c-2f86-422d-bf1e-9b92a6efb539/casino?page=101&pageSize=100"
            })
    void anotherCostlyReadIsToldToComeAgain(String path) {
        assertIsRefused(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/breakdown?by=day&from=2026-11-01&to=2026-11-30",
                "/api/player/topSpenders",
                "/api/player/topSpenders?from=2026-11-01&to=2026-11-30",
                "/api/admin/dead-letters",
                "/api/player/6581621c-2f86-422d-bf1e-9b92a6efb539/casino?page=100&pageSize=100",
                "/api/player/6581621c-2f86-422d-bf1e-9b92a6efb539/casino?provider=P"
            })
    void otherReadsGoOn(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?provider=P", "?game=G", "?from=2026-01-01"})
    void aFilteredHistoryIsCostlyIfThePlayerHasManyWagers(String filter) {
        stored.store(aWager().by(PLAYER).on("P", "G").build());
        assertThat(get("/api/player/" + PLAYER + "/casino" + filter).statusCode())
                .isEqualTo(200);

        jdbc.sql("UPDATE player SET wager_count = 10000").update();

        assertIsRefused("/api/player/" + PLAYER + "/casino" + filter);
        assertThat(get("/api/player/" + PLAYER + "/casino").statusCode()).isEqualTo(200);
    }

    @Test
    void wagersAreTakenAndFoundAgain() {
        var wager = aWager().build();

        assertThat(send(request(SINGLE)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(WagerEncoder.encode(wager))))
                        .statusCode())
                .isEqualTo(200);
        stored.store(wager);
        assertThat(get(SINGLE + "/" + wager.wagerId().value()).statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(CostlyRead.class)
    void theReadsThatEndMakeRoomForOthers(CostlyRead kind) {
        end.countDown();
        readers.close();

        var path = kind == CostlyRead.OF_WAGERS ? "/api/analytics/breakdown?by=game" : "/api/admin/dead-letters/groups";
        for (var i = 0; i < 4; i++) {
            assertThat(get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled() {
        var impatient =
                new CostlyReads(BulkheadRegistry.ofDefaults(), transactions, new CostlyReadProperties(LEAST_TIMEOUT));

        assertThatThrownBy(() -> impatient.read(
                        CostlyRead.OF_WAGERS,
                        () -> jdbc.sql(
                                        "SELECT SUM(a.x * b.x) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b")
                                .query(BigDecimal.class)
                                .single()))
                .isInstanceOfSatisfying(
                        ProblemException.class, slow -> assertThat(slow.type()).isEqualTo(ProblemType.READ_TOO_SLOW));
    }

    private void assertIsRefused(String path) {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).at("/type").asText()).isEqualTo("urn:wager:problem:reads-saturated");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
