package dev.microlift.assignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private static final int TARGETING_KEY_MISSING = 0;
    private static final int FIRST_OUTSIDE = 1;
    private static final int FIRST_ARM = FIRST_OUTSIDE + Outside.values().length;

    private final ExperimentRule rule;
    private final List<Evaluation> answers = new ArrayList<>();
    private final Map<String, Integer> overrides;
    private final Mode mode;

    public Evaluator(ExperimentRule rule) {
        this.rule = rule;
        answers.add(new Evaluation.TargetingKeyMissing());
        for (Outside why : Outside.values()) {
            answers.add(new Evaluation.NotIncluded(why, rule.controlArm()));
        }
        mode = mode();
        overrides = rule.overrides().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> overridden(entry.getValue())));
    }

    /** Evaluates a rule once; to evaluate it often, keep an {@code Evaluator}. */
    public static Evaluation evaluate(ExperimentRule rule, EvaluationContext context) {
        return new Evaluator(rule).evaluate(context);
    }

    public ExperimentRule rule() {
        return rule;
    }

    /** Every answer there can be: to keep something ready for the position of each. */
    public List<Evaluation> answers() {
        return Collections.unmodifiableList(answers);
    }

    public Evaluation evaluate(EvaluationContext context) {
        return evaluate(context.targetingKey(), context.attributes());
    }

    /** The same for a context that is not worth an object of its own. */
    public Evaluation evaluate(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        String unitId = EvaluationContext.unitIdOrNull(rule.unitType(), targetingKey, attributes);
        return answers.get(position(unitId, targetingKey, attributes));
    }

    /**
     * Position among the {@link #answers()} of the one for a unit.
     *
     * @param unitId see {@link EvaluationContext#unitIdOrNull}
     * @param targetingKey the user's id, for conditions that ask for it
     */
    public int position(
            @Nullable String unitId,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        return unitId != null && mode instanceof Hashing hashing
                ? hashed(hashing, unitId, Bucketing.bucketFrom(hashing.seedState, unitId), targetingKey, attributes)
                : unhashed(unitId);
    }

    /**
     * The same with the bucket known beforehand.
     *
     * @param bucket of the unit under {@link #seedState()}; any number if nobody is hashed or there is no unit
     */
    public int position(
            @Nullable String unitId,
            int bucket,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        return unitId != null && mode instanceof Hashing hashing
                ? hashed(hashing, unitId, bucket, targetingKey, attributes)
                : unhashed(unitId);
    }

    /** See {@link Bucketing#seedState}; any number if nobody is hashed. */
    public int seedState() {
        return mode instanceof Hashing hashing ? hashing.seedState : 0;
    }

    private int unhashed(@Nullable String unitId) {
        if (mode instanceof Fixed) {
            return FIRST_ARM;
        }
        if (unitId != null) {
            return outside(Outside.EXTERNAL);
        }
        return rule.unitType().equals(EvaluationContext.USER) ? TARGETING_KEY_MISSING : outside(Outside.NO_UNIT);
    }

    private int hashed(
            Hashing hashing,
            String unitId,
            int bucket,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        Integer override = overrides.isEmpty() ? null : overrides.get(unitId);
        return override != null ? override : randomised(hashing, unitId, bucket, targetingKey, attributes);
    }

    private int randomised(
            Hashing hashing,
            String unitId,
            int bucket,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        for (int i = 0; i < hashing.gates.size(); i++) {
            Gate gate = hashing.gates.get(i);
            if (!gate.lets(unitId)) {
                return outside(gate.outside);
            }
        }
        boolean isTargeted = hashing.targets(targetingKey, attributes);
        int arm = hashing.arms.armAt(bucket);
        if (arm == ArmSearch.NO_ARM) {
            return outside(isTargeted ? Outside.TRAFFIC : Outside.TARGETING);
        }
        // Memory is asked last: it is the only thing here that may take longer.
        if ((isTargeted && hashing.memory.hasEntered(unitId)) || hashing.memory.keeps(unitId, arm)) {
            return FIRST_ARM + arm;
        }
        return outside(isTargeted ? Outside.ENTRY_STEP : Outside.TARGETING);
    }

    @SuppressWarnings("EnumOrdinal") // such a position is not kept anywhere
    private static int outside(Outside why) {
        return FIRST_OUTSIDE + why.ordinal();
    }

    /** Adds the answers that begin at {@link #FIRST_ARM}. */
    private Mode mode() {
        if (rule.phase() instanceof Phase.Inactive) {
            answers.add(new Evaluation.Disabled(rule.controlArm()));
            return new Fixed();
        }
        if (rule.phase() instanceof Phase.Decided decided) {
            answers.add(new Evaluation.Decided(rule.arm(decided.arm()).orElseThrow()));
            return new Fixed();
        }
        if (rule.assignment() instanceof Assignment.Hashed hashed) {
            rule.arms().forEach(arm -> answers.add(new Evaluation.Split(arm, servedFor(arm))));
            List<Gate> gates = hashed.filters().stream().map(Gate::of).toList();
            return new Hashing(
                    Bucketing.seedState(hashed.seed()),
                    gates,
                    rule.targeting(),
                    rule.targeting().asksFor(UserAttributes.NAMES),
                    new ArmSearch(hashed.layout().ranges()),
                    hashed.memory());
        }
        return new Elsewhere();
    }

    /** Adds the answer for units of an arm that was set by hand. */
    private int overridden(String armKey) {
        Arm arm = rule.arm(armKey).orElseThrow();
        answers.add(new Evaluation.Overridden(arm, servedFor(arm)));
        return answers.size() - 1;
    }

    private Arm servedFor(Arm arm) {
        return arm.muted() ? rule.controlArm() : arm;
    }

    private sealed interface Mode {}

    private record Fixed() implements Mode {}

    private record Elsewhere() implements Mode {}

    private record Hashing(
            int seedState,
            List<Gate> gates,
            Condition targeting,
            boolean asksForUser,
            ArmSearch arms,
            UnitMemory memory)
            implements Mode {

        /** Attributes are completed only for who asks: that takes a copy of them. */
        boolean targets(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
            return targeting.matches(asksForUser ? UserAttributes.completed(targetingKey, attributes) : attributes);
        }
    }

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
