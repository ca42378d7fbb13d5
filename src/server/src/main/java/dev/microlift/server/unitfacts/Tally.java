package dev.microlift.server.unitfacts;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Adds amounts to facts, several at a time, to be written in one piece. For one thread. */
final class Tally {

    private final FactStore store;
    private final Map<Entry, Double> changed = new HashMap<>();

    private record Entry(FactId fact, long unit) {}

    Tally(FactStore store) {
        this.store = store;
    }

    /**
     * Adds to what is there for a unit. Once it reached the total the fact holds for good.
     *
     * @param peak the most that the amount was while it came together; at least the amount itself
     */
    void add(FactId fact, String unitId, double amount, double peak, double total) {
        Entry entry = new Entry(fact, FactId.hash(unitId));
        Double known = changed.get(entry);
        double before = known == null ? store.amount(fact, entry.unit()) : known;
        if (before != Double.POSITIVE_INFINITY) {
            changed.put(entry, before + peak >= total ? Double.POSITIVE_INFINITY : before + amount);
        }
    }

    /** Writes what was added, and with it how far the log was followed. */
    void write(OptionalLong position) {
        store.write(batch -> {
            for (Map.Entry<Entry, Double> change : changed.entrySet()) {
                FactStore.putAmount(
                        batch, change.getKey().fact(), change.getKey().unit(), change.getValue());
            }
            if (position.isPresent()) {
                FactStore.putPosition(batch, position.getAsLong());
            }
        });
        changed.clear();
    }
}
