package io.wager.consumer.reconcile.total;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountRangeTest {

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000, 00000000-0000-0000-0000-000000000001",
        "00000000-0000-0000-7fff-ffffffffffff, 00000000-0000-0000-8000-000000000000",
        "00000000-0000-0000-ffff-ffffffffffff, 00000000-0000-0001-0000-000000000000",
        "7fffffff-ffff-ffff-ffff-ffffffffffff, 80000000-0000-0000-0000-000000000000"
    })
    void theNextIdIsTheNextText(UUID id, UUID next) {
        assertThat(AccountRange.after(id)).isEqualTo(next);
        assertThat(AccountRange.earlier(id, next)).isEqualTo(id);
        assertThat(AccountRange.earlier(next, id)).isEqualTo(id);
    }

    @Test
    void nothingComesAfterTheLast() {
        assertThat(AccountRange.after(AccountRange.LAST)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000, 0",
        "40000000-0000-0000-0000-000000000000, 0.25",
        "80000000-0000-0000-0000-000000000000, 0.5",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 1"
    })
    void theShareIsThatOfTheIdsBefore(UUID to, double share) {
        assertThat(new AccountRange(AccountRange.FIRST, to).share()).isEqualTo(share);
    }
}
