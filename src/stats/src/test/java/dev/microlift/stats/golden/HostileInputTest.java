package dev.microlift.stats.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.stats.HybridMonitoring;
import dev.microlift.stats.JourneyPlan;
import dev.microlift.stats.Kind;
import dev.microlift.stats.LogRatio;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Planning;
import dev.microlift.stats.SequentialGuardrail;
import dev.microlift.stats.Welch;
import dev.microlift.stats.Winsorising;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reference input with some of its numbers replaced by anything a double can be. */
class HostileInputTest {
    private static final int ROUNDS = 50;
    private static final double[] ANYTHING = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        Long.MAX_VALUE,
        0,
        -0.0,
        -1,
        0.5,
        1,
        2,
        10,
        1e-300,
        1e-160,
        1e-9,
        1e9,
        1e12,
        1e160,
        1e300
    };

    static Stream<String> methods() {
        List<String> names = new ArrayList<>();
        GoldenMethods.names().forEach(names::add);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyFigureIsFiniteAndEveryAbsentOneHasAReason(String method) {
        Random random = new Random(7);
        for (GoldenCase golden : cases(method)) {
            for (int round = 0; round < ROUNDS; round++) {
                ObjectNode input = golden.input().deepCopy();
                for (int changes = random.nextInt(3); changes >= 0; changes--) {
                    spoil(input, random);
                }
                Map<String, @Nullable Object> figures = Assertions.assertTimeout(
                        Duration.ofSeconds(20),
                        () -> GoldenMethods.run(method, new GoldenInput(input)),
                        input::toString);
                assertThat(offence(figures)).as("%s of %s", figures, input).isNull();
            }
        }
    }

    @Test
    void whatIsBuiltOnTheMethodsIsFiniteToo() {
        Random random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            Moments control = anyMoments(random);
            Moments treatment = anyMoments(random);
            List<Record> results = List.of(
                    HybridMonitoring.look(control, treatment, any(random)),
                    HybridMonitoring.end(control, treatment, random.nextDouble())
                            .difference(),
                    SequentialGuardrail.look(
                            control, treatment, random.nextDouble(), any(random), random.nextBoolean(), any(random)),
                    LogRatio.of(control, treatment.merge(control)),
                    Winsorising.at(new double[] {any(random), any(random)}, any(random)),
                    Welch.test(control.merge(treatment), treatment, random.nextDouble()));
            for (Record result : results) {
                assertThat(offence(Fields.of(result))).as("%s", result).isNull();
            }
        }
    }

    @Test
    void aPlanOfAnythingIsFinite() {
        Random random = new Random(13);
        for (int round = 0; round < 3_000; round++) {
            List<Planning.Metric> steps = List.of(
                    Planning.Metric.binary(random.nextDouble()),
                    Planning.Metric.binary(any(random)),
                    Planning.Metric.mean(any(random), any(random)));
            JourneyPlan.Traffic traffic =
                    new JourneyPlan.Traffic(any(random), (long) any(random), random.nextBoolean() ? 14L : null);
            double[] allocation = {1, random.nextBoolean() ? 1 : any(random)};
            JourneyPlan.Result plan = JourneyPlan.of(steps, any(random), 0.05, 0.8, 1, allocation, traffic);
            assertThat(plan.ranking()).containsExactlyInAnyOrder(0, 1, 2);
            for (JourneyPlan.Row row : plan.rows()) {
                assertThat(finite(Fields.of(row.detectable()))).as("%s", row).isTrue();
                assertThat(row.size().nTotal() == null).isEqualTo(row.size().reason() != null);
            }
        }
    }

    private static double any(Random random) {
        return ANYTHING[random.nextInt(ANYTHING.length)];
    }

    private static Moments anyMoments(Random random) {
        long n = random.nextBoolean() ? 100 : (long) any(random);
        return switch (random.nextInt(4)) {
            case 0 -> Moments.binary(n, (long) any(random));
            case 1 -> Moments.mean(n, any(random), any(random));
            case 2 -> Moments.central(n, any(random), any(random));
            default -> Moments.of(Kind.BINARY, n, any(random), any(random));
        };
    }

    private static List<GoldenCase> cases(String method) {
        InputStream file = HostileInputTest.class.getResourceAsStream("/golden/" + method + ".json");
        return GoldenCase.read(Objects.requireNonNull(file, method));
    }

    /** Replaces one number somewhere below the node. */
    private static void spoil(JsonNode node, Random random) {
        DoubleNode value = DoubleNode.valueOf(ANYTHING[random.nextInt(ANYTHING.length)]);
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            String field = fields.get(random.nextInt(fields.size()));
            if (object.get(field).isContainerNode()) {
                spoil(object.get(field), random);
            } else if (object.get(field).isNumber()) {
                object.set(field, value);
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            if (array.get(index).isContainerNode()) {
                spoil(array.get(index), random);
            } else if (random.nextInt(10) == 0) {
                array.remove(index);
            } else {
                array.set(index, value);
            }
        }
    }

    /** What must not be: a number that is none, or a figure that is absent without a reason. */
    private static @Nullable String offence(Map<String, @Nullable Object> figures) {
        boolean absent = false;
        boolean reasoned = figures.keySet().stream().noneMatch(field -> field.endsWith("eason"));
        for (Map.Entry<String, @Nullable Object> figure : figures.entrySet()) {
            boolean isReason = figure.getKey().endsWith("eason");
            reasoned |= isReason && figure.getValue() != null;
            absent |= !isReason && figure.getValue() == null;
            if (!finite(figure.getValue())) {
                return figure.getKey();
            }
        }
        return absent && !reasoned ? "a figure without reason" : null;
    }

    @SuppressWarnings("unchecked")
    private static boolean finite(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        if (value instanceof Map<?, ?> nested) {
            return offence((Map<String, @Nullable Object>) nested) == null;
        }
        return !(value instanceof Collection<?> list) || list.stream().allMatch(HostileInputTest::finite);
    }
}
