package dev.microlift.assignment.payload;

import dev.microlift.assignment.Assignment;
import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.Filter;
import dev.microlift.assignment.UnitMemory;
import java.util.ArrayList;
import java.util.List;

/** Reads how a rule hashes: seed, ranges and filters. */
final class HashRule {

    private static final int HASH_VERSION = 2;
    /** Fractions are written with four decimals; what is further off the grid of buckets was meant otherwise. */
    private static final double GRID_TOLERANCE = 1e-6;

    private HashRule() {}

    static Assignment read(Members rule, List<String> arms, UnitMemory memory) {
        requireHash(rule);
        requireSameArms(rule, arms);
        List<Filter> filters = rule.objects("filters").stream()
                .map(filter -> filter(rule, filter))
                .toList();
        return new Assignment.Hashed(rule.text("seed"), new BucketLayout(ranges(rule)), filters, memory);
    }

    private static Filter filter(Members rule, Members filter) {
        requireHash(filter);
        if (!filter.text("attribute").equals(rule.text("hashAttribute"))) {
            throw new FeatureFault(filter.at("attribute"), "another unit than the experiment's");
        }
        return new Filter(kind(filter), filter.text("seed"), ranges(filter));
    }

    private static Filter.Kind kind(Members filter) {
        return switch (filter.text("kind")) {
            case "layer" -> Filter.Kind.LAYER;
            case "holdout" -> Filter.Kind.HOLDOUT;
            default -> throw new FeatureFault(filter.at("kind"), "layer or holdout is needed");
        };
    }

    private static void requireHash(Members hashing) {
        if (hashing.integer("hashVersion") != HASH_VERSION) {
            throw new FeatureFault(hashing.at("hashVersion"), "only hash version 2 is known");
        }
    }

    /** Ranges belong to arms by their position. */
    private static void requireSameArms(Members rule, List<String> arms) {
        List<String> meta =
                rule.objects("meta").stream().map(arm -> arm.text("key")).toList();
        if (!meta.equals(arms)) {
            throw new FeatureFault(rule.at("meta"), "other variants than the experiment's: " + meta);
        }
    }

    private static List<BucketRange> ranges(Members hashing) {
        List<BucketRange> ranges = new ArrayList<>();
        for (Object element : hashing.list("ranges")) {
            String at = hashing.at("ranges") + "/" + ranges.size();
            if (!(element instanceof List<?> ends)
                    || ends.size() != 2
                    || !(ends.get(0) instanceof Number from)
                    || !(ends.get(1) instanceof Number to)) {
                throw new FeatureFault(at, "two fractions are needed");
            }
            ranges.add(new BucketRange(bucket(from, at + "/0"), bucket(to, at + "/1")));
        }
        return ranges;
    }

    private static int bucket(Number fraction, String at) {
        double bucket = fraction.doubleValue() * Bucketing.BUCKETS;
        if (!(Math.abs(bucket - Math.rint(bucket)) <= GRID_TOLERANCE)) {
            throw new FeatureFault(at, "no multiple of 1/" + Bucketing.BUCKETS);
        }
        return (int) Math.rint(bucket);
    }
}
