package io.wager.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class CostlyReadsTest {

    private final Transactions transactions = new Transactions();
    private final CostlyReads reads = new CostlyReads(
            BulkheadRegistry.of(BulkheadConfig.custom()
                    .maxConcurrentCalls(1)
                    .maxWaitDuration(Duration.ZERO)
                    .build()),
            transactions,
            new CostlyReadProperties(Duration.ofSeconds(45)));

    @ParameterizedTest
    @EnumSource(CostlyRead.class)
    void aReadHasTimeOfItsOwn(CostlyRead kind) {
        assertThat(reads.read(kind, () -> "read")).isEqualTo("read");

        assertThat(transactions.timeouts).containsExactly(45);
    }

    @Test
    void whatOneKindTakesTheOtherDoesNotLack() {
        var all = reads.read(
                CostlyRead.OF_WAGERS,
                () -> reads.read(CostlyRead.OF_DEAD_LETTERS, () -> {
                    assertThatThrownBy(() -> reads.read(CostlyRead.OF_WAGERS, () -> "one more"))
                            .isInstanceOfSatisfying(
                                    ProblemException.class,
                                    full -> assertThat(full.type()).isEqualTo(ProblemType.READS_SATURATED));
                    return "both";
                }));

        assertThat(all).isEqualTo("both");
        assertThat(reads.read(CostlyRead.OF_WAGERS, () -> "later")).isEqualTo("later");
    }

    @Test
    void aReadThatTakesTooLongIsToldToAskForLessAndMakesRoom() {
        for (var late : new RuntimeException[] {
            new QueryTimeoutException("SELECT secret"), new TransactionTimedOutException("deadline")
        }) {
            assertThatThrownBy(() -> reads.read(CostlyRead.OF_WAGERS, () -> {
                        throw late;
                    }))
                    .isInstanceOfSatisfying(ProblemException.class, slow -> {
                        assertThat(slow.type()).isEqualTo(ProblemType.READ_TOO_SLOW);
                        assertThat(slow).hasMessageContaining("45 s").hasMessageNotContaining("SELECT");
                    });
        }

        assertThat(reads.read(CostlyRead.OF_WAGERS, () -> "next")).isEqualTo("next");
    }

    /** Begins nothing, and notes how long each transaction may take. */
    private static final class Transactions extends AbstractPlatformTransactionManager {

        private final List<Integer> timeouts = new ArrayList<>();

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            timeouts.add(definition.getTimeout());
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            assertThat((TransactionStatus) status).isNotNull();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            assertThat((TransactionStatus) status).isNotNull();
        }
    }
}
