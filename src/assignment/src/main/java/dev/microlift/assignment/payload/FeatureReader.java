package dev.microlift.assignment.payload;

import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Assignment;
import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.CompiledCondition;
import dev.microlift.assignment.Condition;
import dev.microlift.assignment.ConditionFault;
import dev.microlift.assignment.Conditions;
import dev.microlift.assignment.Evaluator;
import dev.microlift.assignment.ExperimentRule;
import dev.microlift.assignment.LayoutOutcome;
import dev.microlift.assignment.Phase;
import dev.microlift.assignment.RegexEngine;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one feature: the block {@code microlift} tells what an experiment is, the rule under the experiment's key how
 * it hashes and whom it targets. The other rules say the same for SDKs that do not know the block, and are ignored.
 */
final class FeatureReader {

    private static final String BLOCK = "microlift";

    private final RegexEngine regex;
    private final ExposureMemory memory;

    FeatureReader(RegexEngine regex, ExposureMemory memory) {
        this.regex = regex;
        this.memory = memory;
    }

    /** Whether somebody else made the feature. */
    static boolean isForeign(@Nullable Object json) {
        return json instanceof Map<?, ?> feature && feature.get(BLOCK) == null;
    }

    Feature read(String key, @Nullable Object json) {
        Members feature = Members.of(json, "");
        Members block = feature.object(BLOCK);
        Optional<Members> rule = feature.objects("rules").stream()
                .filter(candidate -> key.equals(candidate.value("key")))
                .findFirst();
        List<Members> variants = block.objects("variants");
        Map<String, @Nullable Object> values = new HashMap<>();
        variants.forEach(variant -> values.put(variant.text("key"), variant.value("value")));
        try {
            return new Feature(new Evaluator(rule(key, block, variants, rule)), values, isSticky(block));
        } catch (IllegalArgumentException inconsistent) {
            throw new FeatureFault("/" + BLOCK, String.valueOf(inconsistent.getMessage()));
        }
    }

    private ExperimentRule rule(String key, Members block, List<Members> variants, Optional<Members> rule) {
        Phase phase = phase(block);
        boolean running = phase instanceof Phase.Running;
        return new ExperimentRule(
                key,
                block.integer("version"),
                block.text("unitType").intern(),
                phase,
                variants.stream()
                        .map(variant -> new Arm(variant.text("key"), variant.truth("muted")))
                        .toList(),
                block.integer("control"),
                running ? assignment(key, block, variants, rule) : new Assignment.External(),
                running ? targeting(rule) : Condition.ALWAYS,
                block.texts("overrides"));
    }

    private static Phase phase(Members block) {
        return switch (block.text("phase")) {
            case "running" -> new Phase.Running();
            case "inactive" -> new Phase.Inactive();
            case "decided" -> new Phase.Decided(block.text("decision"));
            default -> throw new FeatureFault(block.at("phase"), "running, inactive or decided is needed");
        };
    }

    private Assignment assignment(String key, Members block, List<Members> variants, Optional<Members> rule) {
        return switch (block.text("assignment")) {
            case "external" -> new Assignment.External();
            case "microlift" -> hashed(key, block, variants, rule);
            default -> throw new FeatureFault(block.at("assignment"), "microlift or external is needed");
        };
    }

    private Assignment hashed(String key, Members block, List<Members> variants, Optional<Members> rule) {
        boolean entersAtStep = block.optionalText("entryStep").isPresent();
        if (rule.isEmpty() && entersAtStep) {
            return enteredByNobody(key, variants.size());
        }
        Members own =
                rule.orElseThrow(() -> new FeatureFault("/rules", "the running experiment has no rule of its own"));
        List<String> arms =
                variants.stream().map(variant -> variant.text("key")).toList();
        String seed = own.text("seed");
        List<Predicate<String>> exposed = isSticky(block)
                ? arms.stream().map(arm -> memory.exposedTo(key, seed, arm)).toList()
                : List.of();
        return HashRule.read(own, arms, new LocalMemory(entersAtStep, exposed));
    }

    /** Without a rule, for only the server knows who entered: nobody's bucket is ever asked for. */
    private static Assignment enteredByNobody(String key, int arms) {
        if (BucketLayout.of(Collections.nCopies(arms, 1.0), 1) instanceof LayoutOutcome.Fits any) {
            return new Assignment.Hashed(key, any.layout(), List.of(), new LocalMemory(true, List.of()));
        }
        throw new FeatureFault("/" + BLOCK + "/variants", "more than there are buckets for");
    }

    private static boolean isSticky(Members block) {
        return block.truth("sticky");
    }

    /** A targeting with faults would include or exclude the wrong units, which is worse than leaving it out. */
    private Condition targeting(Optional<Members> rule) {
        if (rule.isEmpty()) {
            return Condition.ALWAYS;
        }
        CompiledCondition compiled = Conditions.compile(rule.get().value("condition"), regex);
        if (!compiled.isSound()) {
            ConditionFault fault = compiled.faults().get(0);
            throw new FeatureFault(rule.get().at("condition") + fault.pointer(), fault.message());
        }
        return compiled.condition();
    }
}
