package dev.microlift.assignment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that decides which arm of one experiment a unit gets.
 *
 * @param key the experiment's key
 * @param version the experiment's version
 * @param unitType what is randomised: {@code user}, {@code anonymous} or another id type
 * @param arms the arms in their order
 * @param control position of the control among the arms
 * @param targeting who may enter; {@link Condition#ALWAYS} for everybody
 * @param overrides key of the arm for unit ids that are not randomised
 */
public record ExperimentRule(
        String key,
        int version,
        String unitType,
        Phase phase,
        List<Arm> arms,
        int control,
        Assignment assignment,
        Condition targeting,
        Map<String, String> overrides) {

    public ExperimentRule {
        // Each evaluation compares it, and one object is the same at a glance.
        unitType = unitType.intern();
        arms = List.copyOf(arms);
        overrides = Map.copyOf(overrides);
        if (key.isBlank() || unitType.isBlank()) {
            throw new IllegalArgumentException("an experiment needs a key and a unit type");
        }
        if (control < 0 || control >= arms.size()) {
            throw new IllegalArgumentException("no arm at the control's position " + control);
        }
        requireDistinctKeys(arms);
        if (assignment instanceof Assignment.Hashed hashed
                && hashed.layout().ranges().size() != arms.size()) {
            throw new IllegalArgumentException("the layout does not have one range per arm");
        }
        if (phase instanceof Phase.Decided decided) {
            requireArm(arms, decided.arm());
        }
        for (String arm : overrides.values()) {
            requireArm(arms, arm);
        }
    }

    /** The arm whose value is served where nothing else applies. */
    public Arm controlArm() {
        return arms.get(control);
    }

    /** The arm with this key. */
    public Optional<Arm> arm(String armKey) {
        return find(arms, armKey);
    }

    private static Optional<Arm> find(List<Arm> arms, String key) {
        return arms.stream().filter(arm -> arm.key().equals(key)).findFirst();
    }

    private static void requireArm(List<Arm> arms, String key) {
        if (find(arms, key).isEmpty()) {
            throw new IllegalArgumentException("no arm has the key " + key);
        }
    }

    private static void requireDistinctKeys(List<Arm> arms) {
        if (arms.stream().map(Arm::key).collect(Collectors.toSet()).size() != arms.size()) {
            throw new IllegalArgumentException("two arms share a key");
        }
    }
}
