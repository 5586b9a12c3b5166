package io.wager.consumer.store;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wager.consumer.schema.TestTable;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.core.deadletter.Requeue;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What every store promises; subclasses say on which database. */
abstract class WagerStoreContract {

    private static final String PLAYER = "2c937b23-03ae-4110-90d5-47d055d89001";
    private static final Instant NOW = Instant.parse("2026-11-21T10:11:12.131415Z");

    private WagerStore store;
    private StoredWagers stored;

    /** A database with the schema, used by all tests of the class: each empties it first. */
    abstract DataSource dataSource();

    /** The same with the rights of the account that the tested code has. */
    DataSource serviceDataSource() {
        return dataSource();
    }

    /** To what a time is kept. */
    Duration timeUnit() {
        return Duration.ofNanos(100);
    }

    /** Whether the database tells an overflow from other errors. */
    boolean namesOverflow() {
        return true;
    }

    /** Whether texts may contain apostrophes. */
    boolean takesApostrophes() {
        return true;
    }

    @BeforeEach
    void emptyTables() {
        stored = new StoredWagers(dataSource());
        stored.deleteAll();
        store = newStore();
    }

    private WagerStore newStore() {
        var properties = new StoreProperties(Duration.ofSeconds(20), Duration.ofSeconds(60), 1_000);
        var transactions = new StoreTransactions(serviceDataSource(), properties);
        return new JdbcWagerStore(transactions, new GameIds(transactions, 1_000), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void everyPropertyOfAWagerIsReadBackAsItWasStored() {
        var full = aWager().build();
        var sparse = aWager().withRequiredPropertiesOnly().build();
        var emptyTexts = aWager().withTheme("").withSessionData("").build();

        storeAll(full, sparse, emptyTexts);

        assertStoredExactly(full, sparse, emptyTexts);
        assertThat(stored.storedAt(full.wagerId())).isEqualTo(NOW);
    }

    @Test
    void anyUnicodeIsReadBackAsItWasStored() {
        var wager = aWager().named("Zoë.Ñandú\u0301_李雷🎲")
                .on("株式会社さくら & Søn", "Île d’Or – Ødegård №7")
                .withTheme("\u200fمرحبا\u200e")
                .withSessionData(
                        "👩\u200d🚀 naïve <b>&amp;</b> $1 ? :name {call} -- \"double\" back\\slash tab\tnewline\n"
                                + "\u0001\uFFFE")
                .build();

        storeAll(wager);

        assertStoredExactly(wager);
    }

    @Test
    void textsWithApostrophesAreReadBackAsTheyWereStored() {
        assumeThat(takesApostrophes())
                .as("this endpoint breaks on apostrophes in table-valued parameters; SQL Server and H2 do not")
                .isTrue();
        var wager = aWager().named("O'Neill''")
                .on("'", "Søn's & 'Daughter'")
                .withTheme("''")
                .withSessionData("{'a': 'it''s'}'); DROP TABLE wager; --")
                .build();

        storeAll(wager);

        assertStoredExactly(wager);
        assertThat(stored.player(wager.accountId().toString()).username()).isEqualTo("O'Neill''");
    }

    @Test
    void theLongestSessionDataIsReadBackAsItWasStored() {
        var wager = aWager().withSessionData("é🎲x".repeat(131_072 / 4)).build();

        storeAll(wager);

        assertStoredExactly(wager);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999.999999999999999999",
                "0",
                "0.000000000000000001",
                "1",
                "6776.968566761588",
                "1e14",
                "999999999999999",
                "0.999999999999999999",
                "100000000000000.000000000000000001"
            })
    void amountsAndTotalsAreExact(String amount) {
        var one = aWager().by(PLAYER).of(amount).build();
        var two = aWager().by(PLAYER).of("0.000000000000000001").build();
        var three = aWager().by(PLAYER).of("123456789012345").build();

        storeAll(one, two);
        storeAll(three);

        assertStoredExactly(one, two, three);
        assertTotalsAreTheSumsOf(List.of(one, two, three));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "1582-10-10T00:00:00Z",
                "1900-03-01T12:00:00Z",
                "2026-03-29T01:30:00Z",
                "2026-05-17T22:04:10.4947679Z",
                "2026-05-17T22:04:10.0000001Z",
                "1969-12-31T23:59:59.9999990Z"
            })
    void timesAreExact(String instant) {
        var wager = aWager().placedAt(instant).build();

        storeAll(wager);

        assertStoredExactly(wager);
        assertTotalsAreTheSumsOf(List.of(wager));
    }

    @Test
    void namesThatDifferOnlyInCaseSpacesOrAccentsAreDifferentNames() {
        var names = List.of("Moon", "Moon ", "moon", "Móon", "Mo\u0301on", " Moon", "Moon\u3000", "MOON");
        var wagers = names.stream()
                .flatMap(name -> names.stream()
                        .map(game -> aWager().on(name, game).named(name).build()))
                .toArray(Wager[]::new);

        storeAll(wagers);

        assertStoredExactly(wagers);
        assertThat(stored.count(TestTable.PROVIDER)).isEqualTo(8);
        assertThat(stored.count(TestTable.GAME)).isEqualTo(64);
    }

    @Test
    void sameGameNameUnderTwoProvidersIsTwoGames() {
        storeAll(
                aWager().on("North", "Dice").build(),
                aWager().on("South", "Dice").build());
        storeAll(aWager().on("North", "Dice").build());

        assertThat(stored.count(TestTable.GAME)).isEqualTo(2);
    }

    @Test
    void aThousandNewGamesAtOnceAreStoredAndRemembered() {
        var wagers = IntStream.range(0, 1_000)
                .mapToObj(i -> aWager().on("Provider " + i % 100, "Game " + i).build())
                .toArray(Wager[]::new);

        storeAll(wagers);
        storeAll(aWager().on("Provider 7", "Game 7").build());

        assertStoredExactly(wagers[0], wagers[7], wagers[999]);
        assertThat(stored.count(TestTable.PROVIDER)).isEqualTo(100);
        assertThat(stored.count(TestTable.GAME)).isEqualTo(1_000);
    }

    @Test
    void aStoreThatRemembersGamesOfAnotherTimeRecovers() {
        storeAll(aWager().build());
        stored.deleteAll();
        var wager = aWager().build();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> storeAll(wager))
                .extracting(StoreException::kind)
                .isEqualTo(Kind.CONTENTION);
        storeAll(wager);

        assertStoredExactly(wager);
    }

    /** As after a restore to a point at which the ids had not been given yet, and others since. */
    @ParameterizedTest
    @EnumSource(
            value = TestTable.class,
            names = {"GAME", "PROVIDER"})
    void aStoreThatLivesThroughARestoreStoresUnderTheRightGame(TestTable swapped) {
        storeAll(
                aWager().on("North", "Dice").build(),
                aWager().on(swapped == TestTable.GAME ? "North" : "South", swapped == TestTable.GAME ? "Cards" : "Dice")
                        .build());
        stored.swapNames(swapped);
        var wager = aWager().on("North", "Dice").build();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> storeAll(wager))
                .extracting(StoreException::kind)
                .isEqualTo(Kind.CONTENTION);
        storeAll(wager);

        assertStoredExactly(wager);
    }

    @Test
    void aKeyThatARowCanNeverHaveIsNoRaceForEver() {
        var jdbc = new JdbcTemplate(dataSource());
        storeAll(aWager().by(PLAYER).build());
        jdbc.execute("ALTER TABLE wager ADD CONSTRAINT uq_somebodys UNIQUE (account_id)");

        try {
            var sameAccount = aWager().by(PLAYER).build();
            var kinds = IntStream.rangeClosed(0, LostRaces.MOST)
                    .mapToObj(i -> catchThrowableOfType(StoreException.class, () -> storeAll(sameAccount))
                            .kind())
                    .toList();

            assertThat(kinds.subList(0, LostRaces.MOST)).containsOnly(Kind.CONTENTION);
            assertThat(kinds.getLast()).isEqualTo(Kind.UNKNOWN);
        } finally {
            jdbc.execute("ALTER TABLE wager DROP CONSTRAINT uq_somebodys");
        }
    }

    @Test
    void redeliveredWagerDoesNotAddARow() {
        var wager = aWager().build();

        var first = storeAll(wager);
        var second = storeAll(wager);

        assertThat(first).containsExactly(new StoreOutcome(true, ContentHash.of(wager)));
        assertThat(second).containsExactly(new StoreOutcome(false, ContentHash.of(wager)));
        assertThat(stored.count(TestTable.WAGER)).isOne();
        assertThat(stored.count(TestTable.WAGER_CONFLICT)).isZero();
        assertTotalsAreTheSumsOf(List.of(wager));
    }

    @Test
    void otherContentForAStoredIdChangesNothingAndIsRecordedOnce() {
        var first = aWager().by(PLAYER).of("10").build();
        var other = aWager().by(PLAYER)
                .withId(first.wagerId())
                .of("11")
                .placedAt("2026-11-01T00:00:00Z")
                .named("New")
                .build();
        storeAll(first);

        var outcomes = List.of(storeAll(other), storeAll(other)).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(outcomes).containsOnly(new StoreOutcome(false, ContentHash.of(first)));
        assertStoredExactly(first);
        assertThat(stored.conflicts(first.wagerId())).containsExactly(ContentHash.of(other));
        assertTotalsAreTheSumsOf(List.of(first));
    }

    @Test
    void otherContentsOfTheSameBatchAreRecordedAgainstTheFirst() {
        var first = aWager().of("10").build();
        var second = aWager().withId(first.wagerId()).of("11").build();
        var third = aWager().withId(first.wagerId()).of("12").build();

        var outcome =
                store.store(List.of(new WagerRow(first, ContentHash.of(first), hashes(second, third, second, first))));

        assertThat(outcome).containsExactly(new StoreOutcome(true, ContentHash.of(first)));
        assertThat(stored.conflicts(first.wagerId())).containsExactlyInAnyOrderElementsOf(hashes(second, third));
    }

    @Test
    void contentThatIsStoredAlreadyIsNoConflictWhereverItStandsInTheBatch() {
        var first = aWager().of("10").build();
        var second = aWager().withId(first.wagerId()).of("11").build();
        storeAll(first);

        var outcome = store.store(List.of(new WagerRow(second, ContentHash.of(second), hashes(first))));

        assertThat(outcome).containsExactly(new StoreOutcome(false, ContentHash.of(first)));
        assertThat(stored.conflicts(first.wagerId())).containsExactly(ContentHash.of(second));
    }

    @Test
    void aBatchOfNewOldAndConflictingWagersIsToldApart() {
        var old = aWager().by(PLAYER).build();
        var changed = aWager().by(PLAYER).build();
        storeAll(old, changed);
        var conflicting = aWager().by(PLAYER).withId(changed.wagerId()).of("1").build();
        var fresh = aWager().by(PLAYER).build();

        var outcomes = byId(List.of(old, conflicting, fresh), storeAll(old, conflicting, fresh));

        assertThat(outcomes)
                .containsEntry(old.wagerId(), new StoreOutcome(false, ContentHash.of(old)))
                .containsEntry(changed.wagerId(), new StoreOutcome(false, ContentHash.of(changed)))
                .containsEntry(fresh.wagerId(), new StoreOutcome(true, ContentHash.of(fresh)));
        assertTotalsAreTheSumsOf(List.of(old, changed, fresh));
    }

    @Test
    void theNameShownIsThatOfTheLatestWagerWhateverCameLast() {
        storeAll(aWager().by(PLAYER)
                .named("May")
                .placedAt("2026-05-01T00:00:00Z")
                .build());
        storeAll(aWager().by(PLAYER)
                .named("June")
                .placedAt("2026-06-01T00:00:00Z")
                .build());
        storeAll(aWager().by(PLAYER)
                .named("April")
                .placedAt("2026-04-01T00:00:00Z")
                .build());

        assertThat(stored.player(PLAYER).username()).isEqualTo("June");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void atEqualTimesTheNameShownIsThatOfTheHighestId(boolean inOneBatch) {
        var low = aWager().withId("7fffffff-ffff-ffff-ffff-ffffffffffff")
                .by(PLAYER)
                .named("low")
                .build();
        var high = aWager().withId("80000000-0000-0000-0000-000000000000")
                .by(PLAYER)
                .named("high")
                .build();
        var middle = aWager().withId("7fffffff-ffff-ffff-ffff-fffffffffffe")
                .by(PLAYER)
                .named("middle")
                .build();

        if (inOneBatch) {
            storeAll(low, high, middle);
        } else {
            storeAll(low);
            storeAll(high);
            storeAll(middle);
        }

        assertThat(stored.player(PLAYER).username()).isEqualTo("high");
    }

    @Test
    void theDaysOfAPlayerSplitAtMidnightUtc() {
        var before = aWager().by(PLAYER)
                .placedAt("2026-05-17T23:59:59.999999Z")
                .of("1.5")
                .build();
        var at = aWager().by(PLAYER).placedAt("2026-05-18T00:00:00Z").of("2").build();
        var after = aWager().by(PLAYER).placedAt("2026-05-18T23:00:00Z").of("4").build();

        storeAll(before, at);
        storeAll(after);

        var account = new AccountId(UUID.fromString(PLAYER));
        assertThat(stored.days())
                .containsOnly(
                        Map.entry(new StoredWagers.Day(LocalDate.parse("2026-05-17"), account), total("1.5", 1)),
                        Map.entry(new StoredWagers.Day(LocalDate.parse("2026-05-18"), account), total("6", 2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyOrderAndDuplicationOfAStreamGivesTheSameState(long seed) {
        var random = new Random(seed);
        var wagers = randomWagers(random, 200, 7);
        var stream = new ArrayList<>(wagers);
        IntStream.range(0, 150).forEach(i -> stream.add(wagers.get(random.nextInt(wagers.size()))));
        Collections.shuffle(stream, random);

        for (var from = 0; from < stream.size(); from += 37) {
            storeFolded(stream.subList(from, Math.min(from + 37, stream.size())));
        }

        assertThat(stored.count(TestTable.WAGER)).isEqualTo(200);
        assertTotalsAreTheSumsOf(wagers);
        assertStoredExactly(wagers.toArray(Wager[]::new));
    }

    @Test
    void manyWritersOfTheSamePlayersAndIdsLeaveExactTotals() throws Exception {
        var wagers = randomWagers(new Random(42), 600, 25);
        var writers = new ArrayList<Callable<Integer>>();
        for (var writer = 0; writer < 4; writer++) {
            var own = new ArrayList<>(wagers.subList(writer * 100, writer * 100 + 300));
            Collections.shuffle(own, new Random(writer));
            var ownStore = newStore();
            writers.add(() -> storeWithRetries(ownStore, own));
        }

        var inserted = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(writers)) {
                inserted += result.get();
            }
        }

        assertThat(inserted).as("rows that somebody inserted").isEqualTo(600);
        assertThat(stored.count(TestTable.WAGER)).isEqualTo(600);
        assertTotalsAreTheSumsOf(wagers);
    }

    @Test
    void manyWritersWithOtherContentForTheSameIdsStoreOneOfEachAndRecordTheOthers() throws Exception {
        var ids = randomWagers(new Random(43), 200, 10);
        var contents = new ArrayList<List<Wager>>();
        var writers = new ArrayList<Callable<Integer>>();
        for (var writer = 0; writer < 4; writer++) {
            var own = otherContent(ids, writer);
            contents.add(own);
            // Everything twice, as after a redelivery, and in another order than the others'.
            var stream = new ArrayList<>(own);
            stream.addAll(own);
            Collections.shuffle(stream, new Random(writer));
            var ownStore = newStore();
            writers.add(() -> storeWithRetries(ownStore, stream));
        }

        var inserted = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(writers)) {
                inserted += result.get();
            }
        }

        assertThat(inserted).as("rows that somebody inserted").isEqualTo(200);
        assertThat(stored.count(TestTable.WAGER)).isEqualTo(200);
        var winners = new ArrayList<Wager>();
        for (var i = 0; i < ids.size(); i++) {
            var id = ids.get(i).wagerId();
            var index = i;
            var candidates = contents.stream().map(own -> own.get(index)).toList();
            var winner = stored.contentHash(id);
            winners.addAll(candidates.stream()
                    .filter(wager -> ContentHash.of(wager).equals(winner))
                    .toList());
            assertThat(stored.conflicts(id))
                    .containsExactlyInAnyOrderElementsOf(candidates.stream()
                            .map(ContentHash::of)
                            .filter(hash -> !hash.equals(winner))
                            .toList());
        }
        assertThat(winners).hasSize(200);
        assertTotalsAreTheSumsOf(winners);
    }

    @Test
    void aTotalThatOverflowsIsTheDatasFaultAndLeavesNothing() {
        var first = aWager().by(PLAYER).of("1").build();
        storeAll(first);
        stored.setTotal(PLAYER, "99999999999999999999.999999999999999999");
        var tooMuch = aWager().by(PLAYER).of("1").build();
        var neighbour = aWager().build();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> storeAll(tooMuch, neighbour))
                .extracting(StoreException::kind)
                .isEqualTo(namesOverflow() ? Kind.DATA : Kind.UNKNOWN);

        assertThat(stored.count(TestTable.WAGER)).isOne();
        assertThat(stored.count(TestTable.PLAYER)).isOne();
        storeAll(neighbour);
        assertStoredExactly(first, neighbour);
    }

    @Test
    void aRequeuedDeadLetterIsResolvedWithTheWagerThatItStores() {
        var wager = aWager().build();
        var letter = stored.addDeadLetter("requeued", 2);

        var outcomes = storeRequeued(wager, new Requeue(letter, 2));

        assertThat(outcomes).containsExactly(new StoreOutcome(true, ContentHash.of(wager), 1));
        assertThat(stored.deadLetter(letter)).isEqualTo(new StoredWagers.DeadLetter("resolved", NOW, false));
        assertThat(stored.deadLetterEvents(letter))
                .containsExactly(new StoredWagers.DeadLetterEvent("resolved", 2, NOW, "stored"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "requeued", "discarded"})
    void aRequeuedDeadLetterIsResolvedByADuplicateWhateverItsStatus(String status) {
        var wager = aWager().build();
        storeAll(wager);
        var letter = stored.addDeadLetter(status, 1);

        var outcomes = storeRequeued(wager, new Requeue(letter, 1));

        assertThat(outcomes).containsExactly(new StoreOutcome(false, ContentHash.of(wager), 1));
        assertThat(stored.deadLetter(letter).status()).isEqualTo("resolved");
        assertThat(stored.deadLetterEvents(letter))
                .containsExactly(new StoredWagers.DeadLetterEvent("resolved", 1, NOW, "duplicate"));
        assertTotalsAreTheSumsOf(List.of(wager));
    }

    @Test
    void resolvingTwiceIsToldOnce() {
        var wager = aWager().build();
        var letter = stored.addDeadLetter("requeued", 2);
        var row = new WagerRow(
                wager,
                ContentHash.of(wager),
                List.of(),
                List.of(mark(wager, new Requeue(letter, 1)), mark(wager, new Requeue(letter, 2))));

        var first = store.store(List.of(row));
        var again = store.store(List.of(row));

        assertThat(first).containsExactly(new StoreOutcome(true, ContentHash.of(wager), 1));
        assertThat(again).containsExactly(new StoreOutcome(false, ContentHash.of(wager), 0));
        assertThat(stored.deadLetterEvents(letter)).hasSize(1);
    }

    @Test
    void aRequeueOfOtherContentThanIsStoredResolvesNothing() {
        var first = aWager().of("10").build();
        var other = aWager().withId(first.wagerId()).of("11").build();
        var inBatch = stored.addDeadLetter("requeued", 1);
        var later = stored.addDeadLetter("requeued", 1);
        var right = stored.addDeadLetter("requeued", 1);

        var outcomes = store.store(List.of(new WagerRow(
                first,
                ContentHash.of(first),
                hashes(other),
                List.of(mark(other, new Requeue(inBatch, 1)), mark(first, new Requeue(right, 1))))));
        storeRequeued(other, new Requeue(later, 1));

        assertThat(outcomes).containsExactly(new StoreOutcome(true, ContentHash.of(first), 1));
        assertThat(stored.deadLetter(right).status()).isEqualTo("resolved");
        assertThat(stored.deadLetter(inBatch).status()).isEqualTo("requeued");
        assertThat(stored.deadLetter(later).status()).isEqualTo("requeued");
        assertThat(stored.deadLetterEvents(later)).isEmpty();
    }

    @Test
    void aRequeueOfADeadLetterThatIsNotThereIsStoredAsAnyWager() {
        var wager = aWager().build();

        assertThat(storeRequeued(wager, new Requeue(UUID.randomUUID(), 1)))
                .containsExactly(new StoreOutcome(true, ContentHash.of(wager)));

        assertThat(stored.count(TestTable.DEAD_LETTER_EVENT)).isZero();
        assertStoredExactly(wager);
    }

    @Test
    void aBatchThatIsRolledBackResolvesNothing() {
        var first = aWager().by(PLAYER).of("1").build();
        storeAll(first);
        stored.setTotal(PLAYER, "99999999999999999999.999999999999999999");
        var letter = stored.addDeadLetter("requeued", 1);
        var known = new WagerRow(first, ContentHash.of(first), List.of(), List.of(mark(first, new Requeue(letter, 1))));
        var tooMuch = WagerRow.of(aWager().by(PLAYER).of("1").build());
        var batch = Stream.of(known, tooMuch)
                .sorted(Comparator.comparing(row -> row.wager().wagerId()))
                .toList();

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.store(batch));

        assertThat(stored.deadLetter(letter).status()).isEqualTo("requeued");
        assertThat(stored.deadLetterEvents(letter)).isEmpty();
    }

    @Test
    void aBatchOfTwoThousandIsStored() {
        var wagers = randomWagers(new Random(7), 2_000, 100);

        storeFolded(wagers);

        assertThat(stored.count(TestTable.WAGER)).isEqualTo(2_000);
        assertTotalsAreTheSumsOf(wagers);
    }

    @Test
    void aRehearsalLeavesNothingBehind() {
        store.rehearse();

        assertThat(TestTable.values())
                .allSatisfy(table ->
                        assertThat(stored.count(table)).as(table.name()).isZero());
        storeAll(aWager().build());
        store.rehearse();
        assertThat(stored.count(TestTable.WAGER)).isOne();
        assertThat(stored.count(TestTable.PLAYER_DAY)).isOne();
    }

    @Test
    void anEmptyBatchIsNothing() {
        assertThat(store.store(List.of())).isEmpty();
    }

    @Test
    void aBatchThatIsNotSortedIsRefused() {
        var low = WagerRow.of(
                aWager().withId("00000000-0000-0000-0000-000000000001").build());
        var high = WagerRow.of(
                aWager().withId("ffffffff-0000-0000-0000-000000000001").build());

        assertThatIllegalArgumentException().isThrownBy(() -> store.store(List.of(high, low)));
        assertThatIllegalArgumentException().isThrownBy(() -> store.store(List.of(low, low)));
        assertThat(stored.count(TestTable.WAGER)).isZero();
    }

    private static int storeWithRetries(WagerStore store, List<Wager> wagers) {
        var inserted = 0;
        for (var from = 0; from < wagers.size(); from += 50) {
            var rows = folded(wagers.subList(from, Math.min(from + 50, wagers.size())));
            inserted += storeWithRetriesOnce(store, rows);
        }
        return inserted;
    }

    private static int storeWithRetriesOnce(WagerStore store, List<WagerRow> rows) {
        for (var attempt = 1; ; attempt++) {
            try {
                return (int) store.store(rows).stream()
                        .filter(StoreOutcome::inserted)
                        .count();
            } catch (StoreException e) {
                if (!Kind.PASSING.contains(e.kind()) || attempt == 50) {
                    throw e;
                }
            }
        }
    }

    private List<StoreOutcome> storeAll(Wager... wagers) {
        return store.store(sorted(List.of(wagers)).stream().map(WagerRow::of).toList());
    }

    private List<StoreOutcome> storeRequeued(Wager wager, Requeue requeue) {
        return store.store(
                List.of(new WagerRow(wager, ContentHash.of(wager), List.of(), List.of(mark(wager, requeue)))));
    }

    private static RequeueMark mark(Wager wager, Requeue requeue) {
        return new RequeueMark(requeue, ContentHash.of(wager));
    }

    private void storeFolded(List<Wager> wagers) {
        store.store(folded(wagers));
    }

    private static List<WagerRow> folded(List<Wager> wagers) {
        return sorted(wagers.stream().distinct().toList()).stream()
                .map(WagerRow::of)
                .toList();
    }

    private static List<Wager> sorted(List<Wager> wagers) {
        return wagers.stream().sorted(Comparator.comparing(Wager::wagerId)).toList();
    }

    private static List<ContentHash> hashes(Wager... wagers) {
        return List.of(wagers).stream().map(ContentHash::of).toList();
    }

    private static Map<WagerId, StoreOutcome> byId(List<Wager> wagers, List<StoreOutcome> outcomes) {
        var ids = sorted(wagers).stream().map(Wager::wagerId).toList();
        return IntStream.range(0, ids.size()).boxed().collect(Collectors.toMap(ids::get, outcomes::get));
    }

    private static StoredWagers.Total total(String amount, long count) {
        return new StoredWagers.Total(new BigDecimal(amount), count);
    }

    /** Wagers of few players over few days, with equal times among them. */
    private static List<Wager> randomWagers(Random random, int count, int players) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var player = random.nextInt(players);
                    return aWager().withId(new WagerId(new UUID(random.nextLong(), random.nextLong())))
                            .by(new AccountId(new UUID(player - players / 2L, player)))
                            .named("Player " + player + " in form " + random.nextInt(5))
                            .on("Provider " + random.nextInt(5), "Game " + random.nextInt(3))
                            .of(BigDecimal.valueOf(random.nextLong(1L << 60), random.nextInt(5, 18))
                                    .toPlainString())
                            .placedAt(Instant.parse("2026-02-27T00:00:00Z")
                                    .plusSeconds(21_600L * random.nextInt(20))
                                    .toString())
                            .build();
                })
                .toList();
    }

    /** The same ids with amounts, players and games that differ from writer to writer. */
    private static List<Wager> otherContent(List<Wager> wagers, int writer) {
        return IntStream.range(0, wagers.size())
                .mapToObj(i -> {
                    var neighbour = wagers.get((i + writer) % wagers.size());
                    return aWager().withId(wagers.get(i).wagerId())
                            .by(neighbour.accountId())
                            .named(neighbour.username())
                            .on(neighbour.provider(), neighbour.gameName() + " " + i % 7)
                            .of(BigDecimal.valueOf(100L * i + writer, 2).toPlainString())
                            .build();
                })
                .toList();
    }

    private void assertStoredExactly(Wager... wagers) {
        for (var wager : wagers) {
            var expected = rounded(wager);
            assertThat(stored.wager(wager.wagerId())).isEqualTo(expected);
            assertThat(stored.contentHash(wager.wagerId())).isEqualTo(ContentHash.of(wager));
        }
    }

    private Wager rounded(Wager wager) {
        return StoredWagers.withTime(wager, roundedTo(timeUnit(), wager.createdDateTime()));
    }

    private static Instant roundedTo(Duration unit, Instant instant) {
        var nanos = instant.getNano();
        var down = nanos - nanos % unit.toNanos();
        var up = (nanos - down) * 2L >= unit.toNanos() ? unit.toNanos() : 0;
        return Timestamps.truncate(Instant.ofEpochSecond(instant.getEpochSecond(), down + up));
    }

    private void assertTotalsAreTheSumsOf(List<Wager> wagers) {
        var players = new HashMap<AccountId, StoredWagers.Total>();
        var days = new HashMap<StoredWagers.Day, StoredWagers.Total>();
        var latest = new HashMap<AccountId, Wager>();
        var order = Comparator.comparing(Wager::createdDateTime).thenComparing(Wager::wagerId);
        for (var wager : wagers) {
            var one = new StoredWagers.Total(wager.amount(), 1);
            var day = LocalDate.ofInstant(wager.createdDateTime(), ZoneOffset.UTC);
            players.merge(wager.accountId(), one, StoredWagers.Total::plus);
            days.merge(new StoredWagers.Day(day, wager.accountId()), one, StoredWagers.Total::plus);
            latest.merge(wager.accountId(), wager, (a, b) -> order.compare(a, b) >= 0 ? a : b);
        }
        assertThat(stored.players()).isEqualTo(players);
        assertThat(stored.days()).isEqualTo(days);
        latest.forEach((account, wager) ->
                assertThat(stored.player(account.toString()).username()).isEqualTo(wager.username()));
    }
}
