package io.wager.bench.scale;

/**
 * What the parts of the path of a wager cost on one core, in microseconds, and what is waited without a core.
 *
 * @param request the API's work for a request, whatever is in it
 * @param wager the API's work for each wager: read, validate, publish, answer
 * @param publish the broker's work to take and keep a message
 * @param deliver the broker's work to deliver a message and take its acknowledgement
 * @param consume the consumer's work for each message: read, decode, fold, bind
 * @param transaction the database's work for a transaction, whatever is in it
 * @param row the database's work for each new row with its indexes and totals
 * @param confirm the wait from a message at the broker to its confirm that needs no core: replication, the disk
 */
public record UnitCosts(
        double request,
        double wager,
        double publish,
        double deliver,
        double consume,
        double transaction,
        double row,
        double confirm) {}
