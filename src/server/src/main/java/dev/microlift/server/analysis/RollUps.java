package dev.microlift.server.analysis;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The roll-ups that are kept: a bounded number, for a bounded time. One of a changed definition is another one. */
final class RollUps {

    /** No two tables have the same name, whoever made them. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final ReportSettings settings;
    private final Clock clock;
    private final Map<Definition, RollUp> kept = new HashMap<>();
    private final List<RollUp> doomed = new ArrayList<>();

    RollUps(ReportSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The one of a definition; it may have no rows yet. */
    synchronized RollUp of(Definition definition) {
        Instant now = clock.instant();
        RollUp rollUp = kept.computeIfAbsent(definition, absent -> new RollUp(absent, NUMBERS.incrementAndGet(), now));
        rollUp.askedAt(now);
        letGo(now, rollUp);
        return rollUp;
    }

    private void letGo(Instant now, RollUp wanted) {
        Instant oldest = now.minus(settings.keptFor());
        List<Map.Entry<Definition, RollUp>> byAge = new ArrayList<>(kept.entrySet());
        byAge.sort(Comparator.comparing(entry -> entry.getValue().lastAsked()));
        for (Map.Entry<Definition, RollUp> entry : byAge) {
            boolean isTooMany = kept.size() > settings.kept();
            if (entry.getValue() != wanted
                    && (isTooMany || entry.getValue().lastAsked().isBefore(oldest))
                    && !entry.getValue().lock().isLocked()) {
                kept.remove(entry.getKey());
                doomed.add(entry.getValue());
            }
        }
    }

    /** Whether it was not let go since it was asked for. Once it is locked, it stays. */
    synchronized boolean keeps(Definition definition, RollUp rollUp) {
        return kept.get(definition) == rollUp;
    }

    /** Those that were let go and whose rows are still there; for one caller, who drops them or gives them back. */
    synchronized List<RollUp> takeDoomed() {
        List<RollUp> taken = List.copyOf(doomed);
        doomed.clear();
        return taken;
    }

    /** Their rows are still there: what dropped them was undone. */
    synchronized void giveBack(List<RollUp> taken) {
        doomed.addAll(taken);
    }
}
