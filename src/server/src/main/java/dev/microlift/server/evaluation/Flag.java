package dev.microlift.server.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Assignment;
import dev.microlift.assignment.Condition;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.Evaluator;
import dev.microlift.assignment.ExperimentRule;
import dev.microlift.assignment.Phase;
import dev.microlift.assignment.UnitMemory;
import dev.microlift.server.experiment.AssignmentMode;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.ExposureMode;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.experiment.Targeting;
import dev.microlift.server.experiment.Variant;
import dev.microlift.server.meter.VariantMeters;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An experiment, compiled so that it can be evaluated at once. */
public final class Flag {

    private static final NonAsciiIds IDS = new NonAsciiIds();

    private final Experiment experiment;
    private final Evaluator evaluator;
    private final Map<String, JsonNode> values;
    private final FlagAnswers answers = new FlagAnswers(this);
    private final Map<String, Counter> given;
    private final Counter outside;

    private Flag(
            Experiment experiment,
            Evaluator evaluator,
            Map<String, JsonNode> values,
            Function<String, Counter> evaluations) {
        this.experiment = experiment;
        this.evaluator = evaluator;
        this.values = values;
        this.given = values.keySet().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), evaluations));
        this.outside = evaluations.apply(VariantMeters.OTHER);
    }

    /**
     * Compiles an experiment.
     *
     * @param memory what is remembered of its units
     * @param evaluations counts how often a variant is given
     */
    static Flag of(Experiment experiment, UnitMemory memory, Function<String, Counter> evaluations) {
        Definition definition = experiment.definition();
        Map<String, JsonNode> values =
                definition.variants().stream().collect(Collectors.toUnmodifiableMap(Variant::key, Variant::value));
        return new Flag(experiment, new Evaluator(rule(experiment, memory)), values, evaluations);
    }

    private static ExperimentRule rule(Experiment experiment, UnitMemory memory) {
        Definition definition = experiment.definition();
        List<Arm> arms = definition.variants().stream()
                .map(variant -> new Arm(variant.key(), experiment.muted().contains(variant.key())))
                .toList();
        Condition targeting = definition
                .targetingCondition()
                .map(condition -> Targeting.compile(condition).condition())
                .orElse(Condition.ALWAYS);
        return new ExperimentRule(
                definition.key(),
                Math.toIntExact(experiment.version()),
                definition.unitType(),
                phase(experiment),
                arms,
                definition.control(),
                assignment(experiment, memory),
                targeting,
                definition.overrides());
    }

    private static Phase phase(Experiment experiment) {
        if (experiment.status() == Status.RUNNING) {
            return new Phase.Running();
        }
        if (experiment.status() == Status.STOPPED && experiment.decided().isPresent()) {
            return new Phase.Decided(experiment.decided().get());
        }
        return new Phase.Inactive();
    }

    /** A draft has no seed yet, and needs none: it assigns nobody. */
    private static Assignment assignment(Experiment experiment, UnitMemory memory) {
        if (experiment.definition().assignment() == AssignmentMode.EXTERNAL) {
            return new Assignment.External();
        }
        return experiment
                .launched()
                .<Assignment>map(
                        launch -> new Assignment.Hashed(launch.seed(), launch.layout(), launch.filters(), memory))
                .orElseGet(Assignment.External::new);
    }

    /** The experiment that was compiled. */
    public Experiment experiment() {
        return experiment;
    }

    /** What decides which arm a unit gets. */
    public ExperimentRule rule() {
        return evaluator.rule();
    }

    /** The answers in the evaluation protocol. */
    FlagAnswers answers() {
        return answers;
    }

    /** The experiment's key. */
    public String key() {
        return evaluator.rule().key();
    }

    int version() {
        return evaluator.rule().version();
    }

    /** What is randomised. */
    public String unitType() {
        return evaluator.rule().unitType();
    }

    /** True if evaluating may wait until what units just did is remembered: not for a thread that others wait for. */
    public boolean mayWait() {
        return rule().assignment() instanceof Assignment.Hashed hashed && hashed.memory() != UnitMemory.NONE;
    }

    /** True if evaluating this flag alone is the exposure. */
    boolean exposesOnEvaluation() {
        return experiment.definition().exposure() == ExposureMode.ON_EVALUATION;
    }

    /** Which arm this unit gets. */
    public Evaluation evaluate(EvaluationContext context) {
        String unitId = EvaluationContext.unitIdOrNull(unitType(), context.targetingKey(), context.attributes());
        if (unitId != null) {
            IDS.look(unitId);
        }
        Evaluation evaluation =
                evaluator.answers().get(evaluator.position(unitId, context.targetingKey(), context.attributes()));
        if (evaluation instanceof Evaluation.Served served) {
            served.variant()
                    .map(arm -> given.getOrDefault(arm.key(), outside))
                    .orElse(outside)
                    .increment();
        }
        return evaluation;
    }

    /** What an arm's units are given. */
    public JsonNode value(Arm arm) {
        JsonNode value = values.get(arm.key());
        if (value == null) {
            throw new IllegalStateException("the arm " + arm.key() + " has no value");
        }
        return value;
    }
}
