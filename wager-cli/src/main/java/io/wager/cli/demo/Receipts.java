package io.wager.cli.demo;

import io.wager.cli.api.Receipt;
import io.wager.cli.post.Item;
import io.wager.cli.post.Outcomes;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers which items were accepted and which refused. */
final class Receipts implements Outcomes {

    private final BitSet accepted = new BitSet();
    private final BitSet refused = new BitSet();
    private final AtomicLong count = new AtomicLong();

    @Override
    public void accepted(Item item) {
        accepted.set((int) item.index());
        count.incrementAndGet();
    }

    @Override
    public void refused(Item item, Receipt.Rejected why) {
        refused.set((int) item.index());
        count.incrementAndGet();
    }

    @Override
    public void failed(Item item, Receipt.Failed why) {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    synchronized boolean isAccepted(int index) {
        return accepted.get(index);
    }

    synchronized boolean isRefused(int index) {
        return refused.get(index);
    }

    synchronized int refused() {
        return refused.cardinality();
    }
}
