package io.wager.cli.post;

import io.wager.cli.api.Answer;
import io.wager.cli.api.GaveUpException;
import io.wager.cli.api.Patience;
import io.wager.cli.api.Receipt;
import io.wager.cli.api.UnusableApiException;
import io.wager.cli.api.WagerApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends items in batches, a few at a time, and each again until it has its receipt: repeats are harmless. The first failure
 * for good ends all. For one thread to feed.
 */
public final class Sender implements AutoCloseable {

    /** A batch's bytes; the contract allows 8 MiB. */
    private static final int MAX_BATCH_BYTES = 7 * 1024 * 1024;

    private final WagerApi api;
    private final Patience patience;
    private final Outcomes outcomes;
    private final int batchItems;
    private final int concurrency;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private List<Item> batch = new ArrayList<>();
    private long batchBytes;

    /**
     * A sender.
     *
     * @param api where to
     * @param patience for how long to try
     * @param outcomes hears of each item
     * @param batchItems most items of a batch, 1 to 1,000
     * @param concurrency most requests under way at a time
     */
    public Sender(WagerApi api, Patience patience, Outcomes outcomes, int batchItems, int concurrency) {
        this.api = api;
        this.patience = patience;
        this.outcomes = outcomes;
        this.batchItems = batchItems;
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
    }

    /**
     * Takes an item for the next batch; waits while enough is under way.
     *
     * @param item the item
     * @throws GaveUpException if the server was away for too long
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public void send(Item item) throws GaveUpException, UnusableApiException, InterruptedException {
        if (item.json().length > ItemReader.MAX_ITEM_BYTES) {
            refuse(item, List.of(new Answer.Fault("", "content-too-large", "is larger than a batch may be")));
            return;
        }
        if (batch.size() == batchItems || (!batch.isEmpty() && batchBytes + item.json().length > MAX_BATCH_BYTES)) {
            dispatchBatch();
        }
        batch.add(item);
        batchBytes += item.json().length + 1L;
    }

    /**
     * Sends an item by itself, as a client without batches does.
     *
     * @param item the item
     * @throws GaveUpException if the server was away for too long
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public void sendAlone(Item item) throws GaveUpException, UnusableApiException, InterruptedException {
        dispatch(() -> deliverAlone(item));
    }

    /**
     * Sends what is left and waits until each item has its receipt.
     *
     * @throws GaveUpException if the server was away for too long
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public void finish() throws GaveUpException, UnusableApiException, InterruptedException {
        if (!batch.isEmpty()) {
            dispatchBatch();
        }
        free.acquire(concurrency);
        free.release(concurrency);
        throwFailure();
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        patience.end();
        threads.shutdownNow();
        threads.close();
    }

    private void dispatchBatch() throws GaveUpException, UnusableApiException, InterruptedException {
        var items = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        dispatch(() -> deliver(items));
    }

    private void dispatch(Delivery delivery) throws GaveUpException, UnusableApiException, InterruptedException {
        free.acquire();
        if (failure.get() != null) {
            free.release();
            throwFailure();
        }
        threads.execute(() -> {
            try {
                delivery.run();
            } catch (GaveUpException | UnusableApiException | RuntimeException e) {
                fail(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(new GaveUpException("interrupted"));
            } finally {
                free.release();
            }
        });
    }

    private void fail(Exception e) {
        failure.compareAndSet(null, e);
        patience.end();
    }

    private void throwFailure() throws GaveUpException, UnusableApiException {
        switch (failure.get()) {
            case null -> {}
            case GaveUpException e -> throw e;
            case UnusableApiException e -> throw e;
            case Exception e -> throw new IllegalStateException("sending failed", e);
        }
    }

    private void deliver(List<Item> items) throws GaveUpException, UnusableApiException, InterruptedException {
        var pending = items;
        for (var attempts = patience.attempts(); !pending.isEmpty(); ) {
            switch (api.postBatch(pending.stream().map(Item::json).toList())) {
                case Answer.Given<List<Receipt>>(var receipts, var retryAfter) -> {
                    var again = take(pending, receipts);
                    if (again.size() < pending.size()) {
                        attempts.reset();
                    }
                    pending = again;
                    if (!pending.isEmpty()) {
                        attempts.await(retryAfter, reason(receipts));
                    }
                }
                case Answer.Away<List<Receipt>>(var reason, var retryAfter) -> attempts.await(retryAfter, reason);
                case Answer.Failed<List<Receipt>>(var reason) -> attempts.awaitAfterFailure(reason);
                case Answer.Refused<List<Receipt>>(var faults) -> {
                    refuseBatch(pending, faults);
                    return;
                }
            }
        }
    }

    /** A server with narrower limits than the contract's may take the halves; in the end the item at fault stands alone. */
    private void refuseBatch(List<Item> items, List<Answer.Fault> faults)
            throws GaveUpException, UnusableApiException, InterruptedException {
        if (items.size() == 1) {
            refuse(items.getFirst(), faults);
        } else {
            deliver(items.subList(0, items.size() / 2));
            deliver(items.subList(items.size() / 2, items.size()));
        }
    }

    private void deliverAlone(Item item) throws GaveUpException, UnusableApiException, InterruptedException {
        for (var attempts = patience.attempts(); ; ) {
            switch (api.post(item.json())) {
                case Answer.Given<Receipt> given -> {
                    take(List.of(item), List.of(given.value()));
                    return;
                }
                case Answer.Away<Receipt>(var reason, var retryAfter) -> attempts.await(retryAfter, reason);
                case Answer.Failed<Receipt>(var reason) -> attempts.awaitAfterFailure(reason);
                case Answer.Refused<Receipt>(var faults) -> {
                    refuse(item, faults);
                    return;
                }
            }
        }
    }

    /** Tells the outcomes; gives back what is to be sent again. */
    private List<Item> take(List<Item> items, List<Receipt> receipts) {
        List<Item> again = new ArrayList<>();
        synchronized (outcomes) {
            for (var i = 0; i < items.size(); i++) {
                var item = items.get(i);
                switch (receipts.get(i)) {
                    case Receipt.Accepted ignored -> outcomes.accepted(item);
                    case Receipt.Rejected why -> outcomes.refused(item, why);
                    case Receipt.Failed why -> {
                        if (why.isRetryable()) {
                            again.add(item);
                        } else {
                            outcomes.failed(item, why);
                        }
                    }
                }
            }
        }
        if (again.size() < items.size()) {
            patience.progress();
        }
        return again;
    }

    private void refuse(Item item, List<Answer.Fault> faults) {
        take(List.of(item), List.of(new Receipt.Rejected(null, faults)));
    }

    private static String reason(List<Receipt> receipts) {
        return receipts.stream()
                .filter(Receipt.Failed.class::isInstance)
                .map(receipt -> ((Receipt.Failed) receipt).reason())
                .findFirst()
                .orElse("wagers failed");
    }

    private interface Delivery {
        void run() throws GaveUpException, UnusableApiException, InterruptedException;
    }
}
