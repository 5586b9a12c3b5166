package io.wager.bench.faults;

import io.wager.bench.rig.Rig;
import io.wager.bench.traffic.Ledger;

/**
 * Where a fault happens.
 *
 * @param rig what is harmed
 * @param ledger keeps what a fault sends of its own
 */
record Scene(Rig rig, Ledger ledger) {}
