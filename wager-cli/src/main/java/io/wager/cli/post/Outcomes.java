package io.wager.cli.post;

import io.wager.cli.api.Receipt;

/** Hears what became of each item, once per item. Called by one thread at a time. */
public interface Outcomes {

    /**
     * The server has the item for good.
     *
     * @param item the item
     */
    void accepted(Item item);

    /**
     * The server refused the item.
     *
     * @param item the item
     * @param why all that is wrong with it
     */
    void refused(Item item, Receipt.Rejected why);

    /**
     * The item failed and the server says that sending it again is of no use.
     *
     * @param item the item
     * @param why what happened
     */
    void failed(Item item, Receipt.Failed why);
}
