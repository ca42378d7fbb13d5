package dev.microlift.server.analysis;

import dev.microlift.server.document.Documents;
import dev.microlift.server.eventlog.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The analysis once more, written as naively as possible: lists, loops, no database. */
final class PlainLoop {

    private final Map<String, Long> units = new HashMap<>();
    private final Map<String, long[]> reach = new HashMap<>();
    private final Map<String, Double> revenue = new HashMap<>();
    private long crossovers;
    private long bots;

    PlainLoop(List<Message> messages, List<String> names, @Nullable Duration window, StepOrder order) {
        Map<String, List<Message>> byUser = new HashMap<>();
        for (Message message : messages) {
            byUser.computeIfAbsent(Objects.requireNonNull(message.userId()), user -> new ArrayList<>())
                    .add(message);
        }
        for (List<Message> own : byUser.values()) {
            own.sort(Comparator.comparing(Message::time).thenComparing(Message::messageId));
            follow(own, names, window, order);
        }
    }

    private void follow(List<Message> all, List<String> names, @Nullable Duration window, StepOrder order) {
        List<Message> own = all.stream().filter(message -> !message.bot()).toList();
        List<Message> exposures =
                own.stream().filter(message -> message.exposure() != null).toList();
        if (exposures.isEmpty()) {
            bots += all.stream().anyMatch(message -> message.exposure() != null) ? 1 : 0;
            return;
        }
        List<String> variants = exposures.stream()
                .map(message -> Objects.requireNonNull(message.exposure()).variant())
                .distinct()
                .toList();
        if (variants.size() > 1) {
            crossovers++;
            return;
        }
        Instant start = exposures.get(0).time();
        List<Message> counted = own.stream()
                .filter(message -> message.exposure() == null && !message.time().isBefore(start))
                .filter(message -> window == null || message.time().isBefore(start.plus(window)))
                .toList();
        String variant = variants.get(0);
        units.merge(variant, 1L, Long::sum);
        int reached = order == StepOrder.STRICT ? strict(counted, names) : furthest(counted, names);
        long[] counts = reach.computeIfAbsent(variant, key -> new long[names.size()]);
        for (int i = 0; i < reached; i++) {
            counts[i]++;
        }
        for (Message message : counted) {
            if (message.event().equals("Buy")) {
                revenue.merge(
                        variant,
                        Documents.parse(message.properties()).get("revenue").doubleValue(),
                        Double::sum);
            }
        }
    }

    private static int furthest(List<Message> counted, List<String> names) {
        return counted.stream()
                .mapToInt(message -> names.indexOf(message.event()) + 1)
                .max()
                .orElse(0);
    }

    /** Tries to place each step not before the last; steps of one instant may stand in any order. */
    private static int strict(List<Message> counted, List<String> names) {
        Instant last = Instant.MIN;
        for (int step = 0; step < names.size(); step++) {
            Instant earliest = null;
            for (Message message : counted) {
                boolean fits = message.event().equals(names.get(step))
                        && !message.time().isBefore(last);
                if (fits && (earliest == null || message.time().isBefore(earliest))) {
                    earliest = message.time();
                }
            }
            if (earliest == null) {
                return step;
            }
            last = earliest;
        }
        return names.size();
    }

    long crossovers() {
        return crossovers;
    }

    long bots() {
        return bots;
    }

    long units(String variant) {
        return units.getOrDefault(variant, 0L);
    }

    List<Long> reach(String variant) {
        return Arrays.stream(reach.getOrDefault(variant, new long[3])).boxed().toList();
    }

    double revenue(String variant) {
        return revenue.getOrDefault(variant, 0.0);
    }
}
