package dev.microlift.server.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.CompiledCondition;
import dev.microlift.assignment.ConditionFault;
import dev.microlift.assignment.LayoutOutcome;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Fields;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads an experiment from its JSON, naming every fault. */
final class ExperimentReader {

    private static final int MAX_VARIANTS = 50;
    private static final int MAX_JOURNEYS = 10;
    private static final int MAX_OVERRIDES = 1000;
    private static final int MAX_UNIT_ID_BYTES = 256;
    private static final int MAX_TEXT = 200;
    private static final int MAX_PROSE = 10_000;
    private static final Duration MAX_WINDOW = Duration.ofDays(3650);
    private static final double DEFAULT_ALPHA = 0.05;

    private final References references;

    /** @param references tells what is wrong with what a document refers to */
    ExperimentReader(References references) {
        this.references = references;
    }

    /** The experiment, if nothing is wrong with the document. */
    Optional<Definition> read(JsonNode document, Faults faults) {
        return Fields.read(document, "", faults, this::definition);
    }

    private Optional<Definition> definition(Fields fields) {
        fields.ignore(
                "status",
                "version",
                "exploratory",
                "muted",
                "layerRange",
                "holdouts",
                "createdAt",
                "updatedAt",
                "startedAt",
                "stoppedAt",
                "decision",
                "decisionReason");
        String key = fields.key("key");
        String name = fields.text("name", MAX_TEXT).orElse(key);
        String hypothesis = fields.text("hypothesis", MAX_PROSE).orElse("");
        String unitType = fields.optionalKey("unitType").orElse("user");
        List<String> journeys = journeys(fields);
        List<DraftVariant> variants = fields.objects("variants", 2, MAX_VARIANTS, ExperimentReader::variant);
        boolean variantsReadable = !fields.isFaulty() || variants.size() > 1;
        double traffic = traffic(fields);
        Optional<String> layer = fields.optionalKey("layer");
        layer.flatMap(named -> references.layer(named, unitType)).ifPresent(fault -> fault.noteIn(fields));
        Optional<String> entryStep = fields.optionalKey("entryStep");
        entryStep.flatMap(step -> references.entryStep(step, journeys)).ifPresent(fault -> fault.noteIn(fields));
        boolean sticky = fields.flag("sticky", false);
        Optional<JsonNode> targeting = targeting(fields);
        Map<String, String> overrides = fields.textMap("overrides", MAX_OVERRIDES);
        AssignmentMode assignment =
                fields.choice("assignment", AssignmentMode.class).orElse(AssignmentMode.MICROLIFT);
        if (assignment == AssignmentMode.EXTERNAL) {
            refuseWhatOthersDecide(fields, layer.isPresent(), entryStep.isPresent(), sticky);
        }
        ExposureMode exposure = fields.choice("exposure", ExposureMode.class).orElse(ExposureMode.EXPLICIT);
        List<Guardrail> guardrails = fields.objects("guardrails", 0, 50, GuardrailReader::guardrail);
        Optional<Plan> plan = plan(fields);
        plan.filter(planned -> !planned.isReadOften()).ifPresent(once -> checkActions(fields, guardrails));
        if (variantsReadable) {
            checkVariants(fields, variants);
            checkOverrides(fields, overrides, variants);
        }
        if (fields.isFaulty() || plan.isEmpty()) {
            return Optional.empty();
        }
        if (assignment == AssignmentMode.MICROLIFT) {
            checkWidths(fields, variants, traffic, layer.isPresent());
        }
        return Optional.of(new Definition(
                key,
                name,
                hypothesis,
                unitType,
                journeys,
                ofOneKind(variants.stream().map(DraftVariant::variant).toList()),
                control(variants),
                traffic,
                layer.orElse(null),
                entryStep.orElse(null),
                sticky,
                targeting.orElse(null),
                overrides,
                assignment,
                exposure,
                guardrails,
                plan.get()));
    }

    private List<String> journeys(Fields fields) {
        List<String> journeys = fields.texts("journeys", MAX_JOURNEYS, 63);
        if (!fields.has("journeys")
                || fields.any("journeys").filter(JsonNode::isEmpty).isPresent()) {
            fields.fault("journeys", "required", "at least one journey is needed: its goal decides the experiment");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < journeys.size(); i++) {
            if (!references.isJourney(journeys.get(i))) {
                fields.fault("journeys", i, "unknown-journey", "there is no journey with this key");
            } else if (!seen.add(journeys.get(i))) {
                fields.fault("journeys", i, "duplicate", "the journey is listed twice");
            }
        }
        return journeys;
    }

    private static double traffic(Fields fields) {
        OptionalDouble traffic = fields.number("traffic");
        if (traffic.isPresent() && !(traffic.getAsDouble() > 0 && traffic.getAsDouble() <= 1)) {
            fields.fault("traffic", "out-of-range", "a share above 0 and at most 1 is expected");
        }
        return traffic.orElse(1);
    }

    /** Microlift does not decide who is in such an experiment, so it cannot promise any of this. */
    private static void refuseWhatOthersDecide(Fields fields, boolean layer, boolean entryStep, boolean sticky) {
        String why = "another tool assigns (assignment is external), so it cannot be kept";
        if (layer) {
            fields.fault("layer", "contradiction", why);
        }
        if (entryStep) {
            fields.fault("entryStep", "contradiction", why);
        }
        if (sticky) {
            fields.fault("sticky", "contradiction", why);
        }
    }

    private static Optional<JsonNode> targeting(Fields fields) {
        Optional<JsonNode> targeting = fields.any("targeting");
        if (targeting.isEmpty()) {
            return targeting;
        }
        CompiledCondition compiled = Targeting.compile(targeting.get());
        for (ConditionFault fault : compiled.faults()) {
            fields.faultBelow("targeting", fault.pointer(), kebabCase(fault.kind()), fault.message());
        }
        return targeting.filter(condition -> !condition.isEmpty());
    }

    private static String kebabCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A language may know whole numbers and others: if one variant's value is of the others, all are. */
    private static List<Variant> ofOneKind(List<Variant> variants) {
        return variants.stream().noneMatch(variant -> variant.value().isFloatingPointNumber())
                ? variants
                : variants.stream()
                        .map(variant -> new Variant(variant.key(), variant.weight(), fractional(variant.value())))
                        .toList();
    }

    private static JsonNode fractional(JsonNode value) {
        return value.isIntegralNumber()
                ? DecimalNode.valueOf(value.decimalValue().setScale(1))
                : value;
    }

    private record DraftVariant(Variant variant, boolean control) {}

    private static Optional<DraftVariant> variant(Fields fields) {
        String key = fields.key("key");
        OptionalDouble weight = fields.number("weight");
        if (!fields.has("weight")) {
            weight = OptionalDouble.of(1);
        }
        if (weight.isPresent() && !(weight.getAsDouble() > 0 && weight.getAsDouble() < 1e300)) {
            fields.fault("weight", "out-of-range", "a number above 0 is expected");
        }
        boolean control = fields.flag("control", false);
        Optional<JsonNode> value = fields.any("value");
        value.filter(given -> given.isIntegralNumber() && !given.canConvertToInt())
                .ifPresent(large -> fields.fault(
                        "value", "out-of-range", "an integer value must fit 32 bits; larger ones as text"));
        if (fields.isFaulty() || weight.isEmpty()) {
            return Optional.empty();
        }
        JsonNode served = value.orElseGet(() -> TextNode.valueOf(key));
        return Optional.of(new DraftVariant(new Variant(key, weight.getAsDouble(), served), control));
    }

    private static void checkVariants(Fields fields, List<DraftVariant> variants) {
        Set<String> keys = new HashSet<>();
        int controls = 0;
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i).variant();
            if (!keys.add(variant.key())) {
                fields.faultBelow("variants", "/" + i + "/key", "duplicate-key", "another variant has this key");
            }
            if (variants.get(i).control() && ++controls > 1) {
                fields.faultBelow("variants", "/" + i + "/control", "contradiction", "only one variant is the control");
            }
            if (variant.value().getNodeType()
                    != variants.get(0).variant().value().getNodeType()) {
                fields.faultBelow(
                        "variants", "/" + i + "/value", "wrong-type", "the values of all variants have one type");
            }
        }
    }

    private static int control(List<DraftVariant> variants) {
        for (int i = 0; i < variants.size(); i++) {
            if (variants.get(i).control()) {
                return i;
            }
        }
        return 0;
    }

    private static void checkOverrides(Fields fields, Map<String, String> overrides, List<DraftVariant> variants) {
        overrides.forEach((unit, variantKey) -> {
            String place = "/" + Fields.escape(unit);
            if (unit.isBlank() || unit.getBytes(UTF_8).length > MAX_UNIT_ID_BYTES) {
                fields.faultBelow("overrides", place, "invalid-unit-id", "a unit id has 1 to 256 bytes");
            }
            if (variants.stream().noneMatch(variant -> variant.variant().key().equals(variantKey))) {
                fields.faultBelow("overrides", place, "unknown-variant", "there is no variant with this key");
            }
        });
    }

    private static void checkWidths(Fields fields, List<DraftVariant> variants, double traffic, boolean inLayer) {
        if (inLayer && Launches.bucketsOf(traffic) < BucketLayout.NARROWEST_ARM) {
            fields.fault(
                    "traffic",
                    "too-narrow",
                    "at this traffic the experiment gets " + Launches.bucketsOf(traffic)
                            + " of the layer's 10,000 buckets; at least " + BucketLayout.NARROWEST_ARM
                            + " are needed");
        }
        List<Double> weights =
                variants.stream().map(variant -> variant.variant().weight()).toList();
        if (BucketLayout.of(weights, inLayer ? 1 : traffic) instanceof LayoutOutcome.TooNarrow tooNarrow) {
            for (LayoutOutcome.NarrowArm arm : tooNarrow.arms()) {
                fields.faultBelow(
                        "variants",
                        "/" + arm.index() + "/weight",
                        "too-narrow",
                        "at this traffic the variant gets " + arm.width() + " of 10,000 buckets; at least "
                                + BucketLayout.NARROWEST_ARM + " are needed");
            }
        }
    }

    private static void checkActions(Fields fields, List<Guardrail> guardrails) {
        for (int i = 0; i < guardrails.size(); i++) {
            if (guardrails.get(i).action() == Guardrail.Action.STOP) {
                fields.faultBelow(
                        "guardrails",
                        "/" + i + "/action",
                        "contradiction",
                        "a plan of method fixed without plannedUnits is read once, so no guardrail of it can stop");
            }
        }
    }

    private static Optional<Plan> plan(Fields fields) {
        return fields.has("plan")
                ? fields.object("plan", ExperimentReader::plannedAs)
                : Optional.of(new Plan(null, DEFAULT_ALPHA, Method.SEQUENTIAL, null, List.of(), null));
    }

    private static Optional<Plan> plannedAs(Fields fields) {
        Optional<Duration> window = fields.duration("window", MAX_WINDOW);
        OptionalDouble alpha = fields.number("alpha");
        if (alpha.isPresent() && !(alpha.getAsDouble() >= 1e-6 && alpha.getAsDouble() <= 0.5)) {
            fields.fault("alpha", "out-of-range", "an error level from 0.000001 to 0.5 is expected");
        }
        OptionalLong plannedUnits = fields.whole("plannedUnits", 2, 10_000_000_000L);
        Method method = fields.choice("method", Method.class)
                .orElse(plannedUnits.isPresent() ? Method.HYBRID : Method.SEQUENTIAL);
        if (method == Method.HYBRID && !fields.has("plannedUnits")) {
            fields.fault("plannedUnits", "required", "the hybrid method needs a planned end");
        }
        List<String> segments = fields.texts("segments", 20, MAX_TEXT);
        Optional<Duration> preExposure = fields.duration("preExposure", MAX_WINDOW);
        Optional<String> covariate = fields.text("covariate", MAX_TEXT);
        OptionalDouble cap = fields.number("cap");
        if (cap.isPresent() && !(cap.getAsDouble() >= 0.5 && cap.getAsDouble() < 1)) {
            fields.fault("cap", "out-of-range", "a quantile from 0.5 to below 1 is expected");
        }
        Plan.Decision decision = fields.choice("decision", Plan.Decision.class).orElse(Plan.Decision.UNADJUSTED);
        if (decision == Plan.Decision.ADJUSTED) {
            checkAdjusted(fields, method, covariate.isPresent() || preExposure.isPresent());
        }
        return fields.isFaulty()
                ? Optional.empty()
                : Optional.of(new Plan(
                        window.orElse(null),
                        alpha.orElse(DEFAULT_ALPHA),
                        method,
                        plannedUnits.isPresent() ? plannedUnits.getAsLong() : null,
                        segments,
                        preExposure.orElse(null),
                        covariate.orElse(null),
                        cap.isPresent() ? cap.getAsDouble() : null,
                        decision));
    }

    private static void checkAdjusted(Fields fields, Method method, boolean hasCovariate) {
        if (!hasCovariate) {
            fields.fault("decision", "contradiction", "an adjusted decision needs a covariate or preExposure");
        } else if (method == Method.SEQUENTIAL) {
            fields.fault(
                    "decision",
                    "contradiction",
                    "the sequential method decides by the unadjusted comparison, which holds at every look");
        }
    }
}
