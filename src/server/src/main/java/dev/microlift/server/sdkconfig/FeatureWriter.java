package dev.microlift.server.sdkconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Assignment;
import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.ExperimentRule;
import dev.microlift.assignment.Filter;
import dev.microlift.assignment.Phase;
import dev.microlift.server.document.Choices;
import dev.microlift.server.evaluation.Flag;
import dev.microlift.server.experiment.Definition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Writes one experiment as a feature of GrowthBook's payload. */
final class FeatureWriter {

    private static final int HASH_VERSION = 2;

    /** As numbers are written, so that it is the same id as text. */
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,15}");

    private static final long LARGEST_EXACT_INTEGER = 1L << 53;

    /** What GrowthBook's SDKs call the id of a user. */
    static final String USER_ATTRIBUTE = "id";

    private final Flag flag;
    private final ExperimentRule rule;

    FeatureWriter(Flag flag) {
        this.flag = flag;
        this.rule = flag.rule();
    }

    /** The attribute that holds the ids of a unit type. */
    static String attribute(String unitType) {
        return unitType.equals(EvaluationContext.USER) ? USER_ATTRIBUTE : unitType;
    }

    /** What the SDK needs to evaluate the experiment: its rules, and beside them what no rule can say. */
    ObjectNode feature() {
        ObjectNode feature = JsonNodeFactory.instance.objectNode();
        feature.set("defaultValue", defaultValue());
        if (rule.phase() instanceof Phase.Running
                && rule.assignment() instanceof Assignment.Hashed hashed
                && !isDecidedByServer()) {
            ArrayNode rules = feature.putArray("rules");
            overrideRules().forEach(rules::add);
            rules.add(experimentRule(hashed));
        }
        feature.set("microlift", microlift());
        return feature;
    }

    /** Who did the entry step is known to the server alone: away from it everybody gets the control's value. */
    private boolean isDecidedByServer() {
        return flag.experiment().definition().entersBy().isPresent();
    }

    /** The experiment as a tracking callback sees it, without what decides who is in it. */
    ObjectNode trackedExperiment(Arm assigned) {
        ObjectNode experiment = JsonNodeFactory.instance.objectNode();
        identify(experiment);
        ArrayNode variations = experiment.putArray("variations");
        ArrayNode meta = experiment.putArray("meta");
        rule.arms().forEach(arm -> {
            variations.add(arm.equals(assigned) ? value(arm) : JsonNodeFactory.instance.objectNode());
            meta.addObject().put("key", arm.key());
        });
        return experiment;
    }

    private void identify(ObjectNode experiment) {
        experiment.put("key", rule.key());
        experiment.put("name", flag.experiment().definition().name());
        experiment.put("phase", "0");
        experiment.put("hashAttribute", attribute(rule.unitType()));
        experiment.put("hashVersion", HASH_VERSION);
    }

    private JsonNode defaultValue() {
        return flag.value(
                rule.phase() instanceof Phase.Decided decided
                        ? rule.arm(decided.arm()).orElseThrow()
                        : rule.controlArm());
    }

    /** What an arm's units see. */
    JsonNode value(Arm arm) {
        return flag.value(arm.muted() ? rule.controlArm() : arm);
    }

    private List<ObjectNode> overrideRules() {
        TreeMap<String, TreeSet<String>> unitsByArm = new TreeMap<>();
        rule.overrides()
                .forEach((unit, arm) -> unitsByArm
                        .computeIfAbsent(arm, first -> new TreeSet<>())
                        .add(unit));
        return unitsByArm.entrySet().stream()
                .map(entry -> overrideRule(rule.arm(entry.getKey()).orElseThrow(), entry.getValue()))
                .toList();
    }

    private ObjectNode overrideRule(Arm arm, Set<String> units) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("id", "override:" + arm.key());
        ArrayNode ids = written.putObject("condition")
                .putObject(attribute(rule.unitType()))
                .putArray("$in");
        units.forEach(unit -> {
            ids.add(unit);
            if (isInteger(unit)) {
                ids.add(Long.parseLong(unit));
            }
        });
        written.set("force", value(arm));
        return written;
    }

    /** Whether an app may have the id as a number, too: these SDKs tell one from the other where they compare. */
    private static boolean isInteger(String unit) {
        return INTEGER.matcher(unit).matches() && Math.abs(Long.parseLong(unit)) <= LARGEST_EXACT_INTEGER;
    }

    private ObjectNode experimentRule(Assignment.Hashed hashed) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("id", rule.key());
        identify(written);
        written.put("seed", hashed.seed());
        ArrayNode variations = written.putArray("variations");
        ArrayNode meta = written.putArray("meta");
        rule.arms().forEach(arm -> {
            variations.add(value(arm));
            meta.addObject().put("key", arm.key());
        });
        written.set("ranges", ranges(hashed.layout().ranges()));
        if (!hashed.filters().isEmpty()) {
            ArrayNode filters = written.putArray("filters");
            hashed.filters().forEach(filter -> filters.add(filter(filter)));
        }
        flag.experiment()
                .definition()
                .targetingCondition()
                .ifPresent(condition -> written.set("condition", ConditionWriter.write(condition)));
        return written;
    }

    private ObjectNode filter(Filter filter) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("attribute", attribute(rule.unitType()));
        written.put("seed", filter.seed());
        written.put("hashVersion", HASH_VERSION);
        written.set("ranges", ranges(filter.ranges()));
        written.put("kind", Choices.write(filter.kind()));
        return written;
    }

    private static ArrayNode ranges(List<BucketRange> ranges) {
        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        ranges.forEach(
                range -> written.addArray().add(share(range.fromBucket())).add(share(range.toBucket())));
        return written;
    }

    /** A bucket as a share of all: four decimals, written exactly. */
    private static BigDecimal share(int bucket) {
        BigDecimal share = BigDecimal.valueOf(bucket, 4).stripTrailingZeros();
        return share.scale() < 0 ? share.setScale(0) : share;
    }

    private ObjectNode microlift() {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("version", rule.version());
        written.put("phase", phase());
        written.put("unitType", rule.unitType());
        written.put("assignment", Choices.write(flag.experiment().definition().assignment()));
        written.put("control", rule.control());
        if (rule.phase() instanceof Phase.Decided decided) {
            written.put("decision", decided.arm());
        }
        ArrayNode variants = written.putArray("variants");
        rule.arms().forEach(arm -> {
            ObjectNode variant = variants.addObject().put("key", arm.key());
            variant.set("value", flag.value(arm));
            if (arm.muted()) {
                variant.put("muted", true);
            }
        });
        ObjectNode overrides = written.putObject("overrides");
        new TreeMap<>(rule.overrides()).forEach(overrides::put);
        Definition definition = flag.experiment().definition();
        definition.entersBy().ifPresent(step -> written.put("entryStep", step));
        if (definition.sticky()) {
            written.put("sticky", true);
        }
        written.put("exposure", Choices.write(definition.exposure()));
        return written;
    }

    private String phase() {
        if (rule.phase() instanceof Phase.Running) {
            return "running";
        }
        return rule.phase() instanceof Phase.Decided ? "decided" : "inactive";
    }
}
