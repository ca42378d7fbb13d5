package dev.microlift.server.experiment;

import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who owns which buckets of a layer. Ranges never overlap; what one owner gives back, another may take.
 *
 * @param owned in the order of the buckets
 */
record LayerSpace(List<Owned> owned) {

    /** A range and the experiment that owns it. */
    record Owned(String experiment, BucketRange range) {}

    LayerSpace {
        owned = owned.stream()
                .sorted(Comparator.comparingInt(one -> one.range().fromBucket()))
                .toList();
        for (int i = 1; i < owned.size(); i++) {
            if (owned.get(i).range().fromBucket() < owned.get(i - 1).range().toBucket()) {
                throw new IllegalArgumentException("two experiments own the same buckets: " + owned);
            }
        }
    }

    /** The ranges that nobody owns, each as wide as can be, in the order of the buckets. */
    List<BucketRange> free() {
        List<BucketRange> free = new ArrayList<>();
        int from = 0;
        for (Owned one : owned) {
            addUnlessEmpty(free, from, one.range().fromBucket());
            from = one.range().toBucket();
        }
        addUnlessEmpty(free, from, Bucketing.BUCKETS);
        return List.copyOf(free);
    }

    private static void addUnlessEmpty(List<BucketRange> ranges, int from, int to) {
        if (from < to) {
            ranges.add(new BucketRange(from, to));
        }
    }

    /** Buckets for a newcomer: the beginning of the narrowest free range that suffices, so that wide ones stay wide. */
    Optional<BucketRange> take(int width) {
        return free().stream()
                .filter(range -> range.width() >= width)
                .min(Comparator.comparingInt(BucketRange::width))
                .map(range -> new BucketRange(range.fromBucket(), range.fromBucket() + width));
    }

    /**
     * A wider range for an owner, which holds all of its present one: first into the free buckets behind it, then into
     * those before it. Empty if there are not enough.
     */
    Optional<BucketRange> widen(String experiment, int width) {
        BucketRange present = owned.stream()
                .filter(one -> one.experiment().equals(experiment))
                .map(Owned::range)
                .findFirst()
                .orElseThrow();
        int lowest = owned.stream()
                .mapToInt(one -> one.range().toBucket())
                .filter(end -> end <= present.fromBucket())
                .max()
                .orElse(0);
        int highest = owned.stream()
                .mapToInt(one -> one.range().fromBucket())
                .filter(start -> start >= present.toBucket())
                .min()
                .orElse(Bucketing.BUCKETS);
        int to = Math.max(present.toBucket(), Math.min(highest, present.fromBucket() + width));
        int from = Math.min(present.fromBucket(), to - width);
        return from < lowest ? Optional.empty() : Optional.of(new BucketRange(from, to));
    }

    /** Whether an experiment owns a range. */
    boolean owns(String experiment) {
        return owned.stream().anyMatch(one -> one.experiment().equals(experiment));
    }

    /** In words, for whoever finds no room. */
    String describe() {
        String owners = owned.isEmpty()
                ? "nobody owns any of it"
                : String.join(
                        ", ",
                        owned.stream()
                                .map(one -> one.experiment() + " owns " + text(one.range()))
                                .toList());
        return owners + "; "
                + free().stream()
                        .max(Comparator.comparingInt(BucketRange::width))
                        .map(range -> "the largest free range is " + text(range) + ", a share of "
                                + range.width() / (double) Bucketing.BUCKETS)
                        .orElse("nothing is free");
    }

    private static String text(BucketRange range) {
        return range.from() + " to " + range.to();
    }
}
