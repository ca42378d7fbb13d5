package dev.microlift.server.unitfacts;

import dev.microlift.server.analysis.PastUnits;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Remembers the facts that are wanted. What was acknowledged before a question is in its answer, unless following the log
 * takes longer than a second; what happened before a fact was wanted is collected from the event store meanwhile.
 */
public final class UnitFacts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(UnitFacts.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 1_000;

    private final EventLog log;
    private final PastUnits past;
    private final Duration longestWait;
    private final FactStore store;
    private final Follower follower;
    private final Thread following;
    private final ExecutorService collecting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "unit-facts-collector");
        thread.setDaemon(true);
        return thread;
    });

    /** Facts that were collected or are about to be, since this was opened. */
    private final Set<FactId> known = new HashSet<>();

    private volatile Watch watch = new Watch(Set.of());
    private final CountDownLatch closing = new CountDownLatch(1);

    private UnitFacts(Path folder, EventLog log, PastUnits past, Duration longestWait) {
        this.log = log;
        this.past = past;
        this.longestWait = longestWait;
        this.store = FactStore.open(folder);
        this.follower = new Follower(log, new Target());
        this.following = new Thread(follower, "unit-facts-follower");
        following.setDaemon(true);
    }

    /** Opens the facts in a data directory, making them if they are absent, and keeps them up with the log. */
    public static UnitFacts open(Path directory, EventLog log, PastUnits past) {
        return open(directory, log, past, LONGEST_WAIT);
    }

    static UnitFacts open(Path directory, EventLog log, PastUnits past, Duration longestWait) {
        UnitFacts facts = new UnitFacts(directory.resolve("facts"), log, past, longestWait);
        log.continueAfter(facts.store.position());
        facts.following.start();
        return facts;
    }

    /**
     * Remembers these facts from now on, and forgets all others.
     *
     * @return completes when the past of all of them is in
     */
    public CompletableFuture<Void> want(Collection<? extends Fact> wanted) {
        Watch next = new Watch(wanted);
        synchronized (store) {
            if (watch.isEmpty() && known.isEmpty()) {
                known.addAll(store.collected());
            }
            for (FactId unwanted : new HashSet<>(known)) {
                if (!next.facts().containsKey(unwanted)) {
                    store.forget(unwanted);
                    known.remove(unwanted);
                }
            }
            if (known.isEmpty()) {
                // Nothing depends on what was not followed.
                new Tally(store).write(OptionalLong.of(log.lastPosition()));
            }
            watch = next;
            for (FactId fact : next.facts().keySet()) {
                if (known.add(fact)) {
                    collecting.execute(() -> collect(fact));
                }
            }
        }
        follower.wake();
        // One after the other: behind all that is being collected.
        return CompletableFuture.runAsync(() -> {}, collecting);
    }

    /** Whether a fact that is wanted holds for a unit. */
    public boolean holds(FactId fact, String unitId) {
        long acknowledged = log.lastPosition();
        boolean isComplete = follower.isThrough(acknowledged);
        long unit = FactId.hash(unitId);
        return store.holds(fact, unit)
                || (!isComplete && follower.awaitThrough(acknowledged, longestWait) && store.holds(fact, unit));
    }

    /**
     * Forgets a unit for good, once all that the log holds now is taken in; what is still there of it then is there anew.
     *
     * @return completes when also the files hold nothing of it
     */
    public CompletableFuture<Void> erase(String unitType, String unitId) {
        // Behind all that is being collected, which may have read of the unit.
        return CompletableFuture.runAsync(() -> eraseNow(unitType, FactId.hash(unitId)), collecting);
    }

    private void eraseNow(String unitType, long unit) {
        long last = log.lastPosition();
        try {
            while (!watch.isEmpty()
                    && !follower.awaitThrough(last, RETRY_EVERY)
                    && !closing.await(RETRY_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                // until it is through
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        if (closing.getCount() == 0) {
            throw new IllegalStateException("the facts are closed");
        }
        Set<FactId> all = store.collected();
        all.addAll(watch.facts().keySet());
        all.removeIf(id -> {
            Fact fact = watch.facts().get(id);
            return fact != null && !fact.unitType().equals(unitType);
        });
        store.erase(all, unit);
    }

    /** Reads the past of a fact, again and again until it is in or nobody wants it any more. */
    private void collect(FactId id) {
        try {
            Fact fact = watch.facts().get(id);
            while (fact != null && closing.getCount() > 0 && !isCollected(id, fact)) {
                closing.await(RETRY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                fact = watch.facts().get(id);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isCollected(FactId id, Fact fact) {
        try {
            collect(id, fact);
            return true;
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "the past of a fact about units is not known yet; it is tried again");
            return false;
        }
    }

    private void collect(FactId id, Fact fact) {
        long through;
        synchronized (store) {
            // What the follower added so far is in the event store as well; from here on it adds what is new.
            store.forget(id);
            through = store.position();
        }
        PastGains gains = new PastGains(id);
        if (fact instanceof Fact.Did did) {
            past.eachThatDid(
                    did.unitType(),
                    did.step(),
                    through,
                    (unit, amount, peak) -> gains.add(new PastGain(unit, amount, peak, did.total())));
        } else if (fact instanceof Fact.Saw saw) {
            past.eachThatSaw(
                    saw.unitType(),
                    saw.experiment(),
                    saw.variant(),
                    saw.since(),
                    through,
                    unit -> gains.add(new PastGain(unit, 1, 1, 1)));
        }
        gains.flush();
        synchronized (store) {
            if (known.contains(id)) {
                store.collected(id);
            }
        }
    }

    private record PastGain(String unit, double amount, double peak, double total) {}

    /** What the past adds to a fact, some units at a time: the follower must not wait for all of them. */
    private final class PastGains {

        private final FactId fact;
        private final List<PastGain> gains = new ArrayList<>(AT_ONCE);

        PastGains(FactId fact) {
            this.fact = fact;
        }

        void add(PastGain gain) {
            gains.add(gain);
            if (gains.size() == AT_ONCE) {
                flush();
            }
        }

        void flush() {
            synchronized (store) {
                if (known.contains(fact)) {
                    Tally tally = new Tally(store);
                    gains.forEach(gain -> tally.add(fact, gain.unit(), gain.amount(), gain.peak(), gain.total()));
                    tally.write(OptionalLong.empty());
                }
            }
            gains.clear();
        }
    }

    /** What the follower fills. */
    private final class Target implements Follower.Target {

        @Override
        public long position() {
            return store.position();
        }

        @Override
        public boolean isWanted() {
            return !watch.isEmpty();
        }

        @Override
        public void take(LogBatch batch) {
            synchronized (store) {
                long position = store.position();
                if (batch.lastPosition() > position) {
                    Tally tally = new Tally(store);
                    for (int i = 0; i < batch.messages().size(); i++) {
                        if (batch.firstPosition() + i > position) {
                            watch.read(
                                    batch.messages().get(i),
                                    gain -> tally.add(
                                            gain.fact(), gain.unit(), gain.amount(), gain.amount(), gain.total()));
                        }
                    }
                    tally.write(OptionalLong.of(batch.lastPosition()));
                }
                if (batch.firstPosition() > position + 1) {
                    LOG.errorf("the log lost the messages after %d: facts about units are collected anew", position);
                    known.forEach(fact -> collecting.execute(() -> collect(fact)));
                }
            }
        }
    }

    /** Ends following and lets the files go. */
    @Override
    public void close() {
        closing.countDown();
        follower.stop();
        collecting.shutdown();
        try {
            following.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
