package dev.microlift.assignment;

import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one rule. All possible answers are made beforehand, so that an evaluation picks one and allocates nothing.
 * For the same reason lists are gone through by index on the way there, in conditions too: an iterator is an object
 * wherever the compiler has not removed it yet.
 *
 * <p>Order: life cycle, unit id, external assignment, override, holdouts and layers, targeting, traffic, entry step. A
 * unit whose exposure is remembered keeps its arm whatever targeting and entry step say. Safe for use by many threads.
 */
public final class Evaluator {

    private static final Evaluation TARGETING_KEY_MISSING = new Evaluation.TargetingKeyMissing();

    private final ExperimentRule rule;
    private final Map<Outside, Evaluation> outside = new EnumMap<>(Outside.class);
    private final Map<String, Evaluation> overrides;
    private final Mode mode;

    public Evaluator(ExperimentRule rule) {
        this.rule = rule;
        for (Outside why : Outside.values()) {
            outside.put(why, new Evaluation.NotIncluded(why, rule.controlArm()));
        }
        overrides = rule.overrides().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> overridden(entry.getValue())));
        mode = mode();
    }

    /** Evaluates a rule once; to evaluate it often, keep an {@code Evaluator}. */
    public static Evaluation evaluate(ExperimentRule rule, EvaluationContext context) {
        return new Evaluator(rule).evaluate(context);
    }

    public ExperimentRule rule() {
        return rule;
    }

    /** Every answer there can be, each as the very object that an evaluation returns: to keep something ready for it. */
    public Set<Evaluation> answers() {
        Set<Evaluation> answers = Collections.newSetFromMap(new IdentityHashMap<>());
        answers.add(TARGETING_KEY_MISSING);
        answers.addAll(outside.values());
        answers.addAll(overrides.values());
        if (mode instanceof Fixed fixed) {
            answers.add(fixed.answer);
        } else if (mode instanceof Hashing hashing) {
            answers.addAll(hashing.splits);
        }
        return Collections.unmodifiableSet(answers);
    }

    public Evaluation evaluate(EvaluationContext context) {
        return evaluate(context.targetingKey(), context.attributes());
    }

    /** The same for a context that is not worth an object of its own. */
    public Evaluation evaluate(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        if (mode instanceof Fixed fixed) {
            return fixed.answer;
        }
        String unitId = EvaluationContext.unitIdOrNull(rule.unitType(), targetingKey, attributes);
        if (unitId == null) {
            return rule.unitType().equals(EvaluationContext.USER) ? TARGETING_KEY_MISSING : outside(Outside.NO_UNIT);
        }
        if (!(mode instanceof Hashing hashing)) {
            return outside(Outside.EXTERNAL);
        }
        Evaluation override = overrides.get(unitId);
        return override != null ? override : randomised(hashing, unitId, attributes);
    }

    private Evaluation randomised(Hashing hashing, String unitId, Map<String, ? extends @Nullable Object> attributes) {
        for (int i = 0; i < hashing.gates.size(); i++) {
            Gate gate = hashing.gates.get(i);
            if (!gate.lets(unitId)) {
                return outside(gate.outside);
            }
        }
        boolean isTargeted = rule.targeting().matches(attributes);
        int arm = hashing.layout.armAt(Bucketing.bucketFrom(hashing.seedState, unitId));
        if (arm == BucketLayout.NO_ARM) {
            return outside(isTargeted ? Outside.TRAFFIC : Outside.TARGETING);
        }
        // Memory is asked last: it is the only thing here that may take longer.
        if ((isTargeted && hashing.memory.hasEntered(unitId)) || hashing.memory.keeps(unitId, arm)) {
            return hashing.splits.get(arm);
        }
        return outside(isTargeted ? Outside.ENTRY_STEP : Outside.TARGETING);
    }

    private Evaluation outside(Outside why) {
        Evaluation answer = outside.get(why);
        if (answer == null) {
            throw new IllegalStateException("no answer for " + why);
        }
        return answer;
    }

    private Mode mode() {
        if (rule.phase() instanceof Phase.Inactive) {
            return new Fixed(new Evaluation.Disabled(rule.controlArm()));
        }
        if (rule.phase() instanceof Phase.Decided decided) {
            return new Fixed(new Evaluation.Decided(rule.arm(decided.arm()).orElseThrow()));
        }
        return rule.assignment() instanceof Assignment.Hashed hashed ? hashing(hashed) : new Elsewhere();
    }

    private Hashing hashing(Assignment.Hashed hashed) {
        List<Evaluation> splits = rule.arms().stream()
                .map(arm -> (Evaluation) new Evaluation.Split(arm, servedFor(arm)))
                .toList();
        List<Gate> gates = hashed.filters().stream().map(Gate::of).toList();
        return new Hashing(Bucketing.seedState(hashed.seed()), hashed.layout(), splits, gates, hashed.memory());
    }

    private Evaluation overridden(String armKey) {
        Arm arm = rule.arm(armKey).orElseThrow();
        return new Evaluation.Overridden(arm, servedFor(arm));
    }

    private Arm servedFor(Arm arm) {
        return arm.muted() ? rule.controlArm() : arm;
    }

    private sealed interface Mode {}

    private record Fixed(Evaluation answer) implements Mode {}

    private record Elsewhere() implements Mode {}

    private record Hashing(
            int seedState, BucketLayout layout, List<Evaluation> splits, List<Gate> gates, UnitMemory memory)
            implements Mode {}

    private record Gate(Outside outside, int seedState, List<BucketRange> ranges) {

        static Gate of(Filter filter) {
            Outside outside = switch (filter.kind()) {
                case LAYER -> Outside.LAYER;
                case HOLDOUT -> Outside.HOLDOUT;
            };
            return new Gate(outside, Bucketing.seedState(filter.seed()), filter.ranges());
        }

        boolean lets(String unitId) {
            int bucket = Bucketing.bucketFrom(seedState, unitId);
            for (int i = 0; i < ranges.size(); i++) {
                if (ranges.get(i).contains(bucket)) {
                    return true;
                }
            }
            return false;
        }
    }
}
