package dev.microlift.assignment.growthbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.LayoutOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * {@code hash} [seed, value, version, expected]; {@code getBucketRange} [name, [variations, coverage, weights], ranges];
 * {@code getEqualWeights} [variations, weights]; {@code chooseVariation} [name, bucket, ranges, expected];
 * {@code inNamespace} [name, unit, namespace, expected]; {@code getQueryStringOverride} [name, experiment, address,
 * variations, expected].
 */
final class BucketVectors {

    static final Map<String, Predicate<JsonNode>> CHECKS = Map.of(
            "hash", BucketVectors::hash,
            "getBucketRange", BucketVectors::bucketRange,
            "getEqualWeights", BucketVectors::equalWeights,
            "chooseVariation", BucketVectors::chosenVariation,
            "inNamespace", BucketVectors::namespace,
            "getQueryStringOverride", BucketVectors::queryOverride);

    /** Vectors give eight places. */
    private static final double ROUNDING = 1e-8;

    /** Our own layouts lie on the grid, the published ranges do not. */
    private static final double GRID = 1.0 / Bucketing.BUCKETS + 1e-9;

    private BucketVectors() {}

    private static boolean hash(JsonNode test) {
        OptionalDouble bucket = new HashSpace(test.get(0).asText(), test.get(2).asInt())
                .bucketOf(test.get(1).asText());
        return bucket.isPresent()
                ? bucket.getAsDouble() == test.get(3).asDouble(-1)
                : test.get(3).isNull();
    }

    /** Both ways from weights to ranges must agree: the published one, and where it can our own experiments' layout. */
    private static boolean bucketRange(JsonNode test) {
        int variations = test.get(1).get(0).asInt();
        double coverage = test.get(1).get(1).asDouble();
        JsonNode weights = test.get(1).get(2);
        List<Double> given = weights.isArray() ? Json.numbers(weights) : BucketRanges.equalWeights(variations);
        List<Range> expected = Json.ranges(test.get(2));
        List<Range> published = BucketRanges.of(variations, coverage, given);
        return agree(published, expected, ROUNDING)
                && (coverage <= 0 || agree(laidOut(BucketRanges.of(variations, 1, given), coverage), expected, GRID));
    }

    private static List<Range> laidOut(List<Range> full, double coverage) {
        List<Double> weights =
                full.stream().map(range -> range.to() - range.from()).toList();
        return BucketLayout.of(weights, Math.min(1, coverage)) instanceof LayoutOutcome.Fits fits
                ? fits.layout().ranges().stream().map(BucketVectors::fractions).toList()
                : List.of();
    }

    private static Range fractions(BucketRange range) {
        return new Range(range.from(), range.to());
    }

    private static boolean agree(List<Range> ours, List<Range> theirs, double tolerance) {
        boolean agree = ours.size() == theirs.size();
        for (int i = 0; agree && i < ours.size(); i++) {
            agree = Math.abs(ours.get(i).from() - theirs.get(i).from()) <= tolerance
                    && Math.abs(ours.get(i).to() - theirs.get(i).to()) <= tolerance;
        }
        return agree;
    }

    private static boolean equalWeights(JsonNode test) {
        List<Double> ours = BucketRanges.equalWeights(test.get(0).asInt());
        List<Double> theirs = Json.numbers(test.get(1));
        boolean agree = ours.size() == theirs.size();
        for (int i = 0; agree && i < ours.size(); i++) {
            agree = Math.abs(ours.get(i) - theirs.get(i)) <= ROUNDING;
        }
        return agree;
    }

    private static boolean chosenVariation(JsonNode test) {
        return Range.indexOf(Json.ranges(test.get(2)), test.get(1).asDouble())
                == test.get(3).asInt();
    }

    private static boolean namespace(JsonNode test) {
        JsonNode namespace = test.get(2);
        BucketFilter filter = new BucketFilter(
                new Unit.Source("id", Optional.empty()),
                new HashSpace("__" + namespace.get(0).asText(), 1),
                List.of(new Range(namespace.get(1).asDouble(), namespace.get(2).asDouble())));
        EvaluationRequest request =
                EvaluationRequest.of(Map.of("id", test.get(1).asText()));
        return filter.lets(request, false) == test.get(3).asBoolean();
    }

    private static boolean queryOverride(JsonNode test) {
        OptionalInt variation = QueryOverride.of(
                test.get(1).asText(), test.get(2).asText(), test.get(3).asInt());
        return variation.isPresent()
                ? variation.getAsInt() == test.get(4).asInt(-1)
                : test.get(4).isNull();
    }
}
