package dev.microlift.stats.golden;

import dev.microlift.stats.AlwaysReacherBounds;
import dev.microlift.stats.Association;
import dev.microlift.stats.BayesBinary;
import dev.microlift.stats.BayesMean;
import dev.microlift.stats.CochranQ;
import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.Cuped;
import dev.microlift.stats.Fieller;
import dev.microlift.stats.FisherExact;
import dev.microlift.stats.IncrementalYield;
import dev.microlift.stats.JourneyDecomposition;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.NonInferiority;
import dev.microlift.stats.RatioMetric;
import dev.microlift.stats.SampleRatio;
import dev.microlift.stats.Welch;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The library's methods by the names of their golden files, from a case's input to figures by field name. */
final class GoldenMethods {
    private static final Map<String, Function<GoldenInput, Map<String, @Nullable Object>>> METHODS = new TreeMap<>();

    static {
        METHODS.put("welch", in -> Fields.of(Welch.test(in.arm("C"), in.arm("T"), in.number("alpha"))));
        METHODS.put("fieller", in -> Fields.of(Fieller.lift(in.arm("C"), in.arm("T"), in.number("alpha"))));
        METHODS.put(
                "fisher",
                in -> Fields.of(FisherExact.test(in.count("nC"), in.count("xC"), in.count("nT"), in.count("xT"))));
        METHODS.put("srm", GoldenMethods::srm);
        METHODS.put("multiplicity", GoldenMethods::multiplicity);
        METHODS.put("confidence_sequence", GoldenMethods::confidenceSequence);
        METHODS.put("ratio_delta", GoldenMethods::ratio);
        METHODS.put("journey_decomposition", GoldenMethods::decomposition);
        METHODS.put("always_reacher_bounds", GoldenMethods::bounds);
        METHODS.put("incremental_yield", GoldenMethods::incrementalYield);
        METHODS.put("bayes_binary", GoldenMethods::bayesBinary);
        METHODS.put("bayes_mean", GoldenMethods::bayesMean);
        METHODS.put("cuped", in -> Fields.of(Cuped.adjust(cupedArm(in, "C"), cupedArm(in, "T"), in.number("alpha"))));
        METHODS.put("cochran_q", in -> Fields.of(CochranQ.test(in.numbers("d"), in.numbers("v"))));
        METHODS.put("noninferiority", GoldenMethods::nonInferiority);
        METHODS.put("association", GoldenMethods::association);
        METHODS.put("power", GoldenListMethods::power);
        METHODS.put("logistic", GoldenListMethods::logistic);
        METHODS.put("trial_surrogacy", GoldenListMethods::trialSurrogacy);
        METHODS.put("rmst", GoldenListMethods::rmst);
        METHODS.put("quantile_ci", GoldenListMethods::quantile);
    }

    private GoldenMethods() {}

    static Iterable<String> names() {
        return METHODS.keySet();
    }

    static Map<String, @Nullable Object> run(String method, GoldenInput input) {
        Function<GoldenInput, Map<String, @Nullable Object>> function = METHODS.get(method);
        if (function == null) {
            throw new IllegalArgumentException("no method " + method + ", but " + METHODS.keySet());
        }
        return function.apply(input);
    }

    private static Map<String, @Nullable Object> srm(GoldenInput in) {
        Map<String, @Nullable Object> fields = Fields.of(SampleRatio.check(
                in.counts("counts"),
                in.numbers("weights"),
                in.number("concentration", SampleRatio.DEFAULT_CONCENTRATION),
                in.number("eMaxPrev", 1),
                in.flag("isFinal")));
        return Fields.lowerCase(fields, "verdict");
    }

    private static Map<String, @Nullable Object> multiplicity(GoldenInput in) {
        Multiplicity.Result bh = Multiplicity.benjaminiHochberg(in.nullableNumbers("p"));
        Multiplicity.Result holm = Multiplicity.holm(in.nullableNumbers("p"));
        return Map.of("m", bh.m(), "bh", bh.adjusted(), "holm", holm.adjusted());
    }

    private static Map<String, @Nullable Object> confidenceSequence(GoldenInput in) {
        return Fields.of(ConfidenceSequence.of(
                in.arm("C"), in.arm("T"), in.number("alpha"), in.number("Nstar", ConfidenceSequence.DEFAULT_NSTAR)));
    }

    private static Map<String, @Nullable Object> ratio(GoldenInput in) {
        return Fields.of(RatioMetric.test(ratioArm(in, "C"), ratioArm(in, "T"), in.number("alpha")));
    }

    private static RatioMetric.Arm ratioArm(GoldenInput in, String arm) {
        return new RatioMetric.Arm(
                in.count("n" + arm),
                in.number("sumX" + arm),
                in.number("sumW" + arm),
                in.number("sumXX" + arm),
                in.number("sumWW" + arm),
                in.number("sumXW" + arm));
    }

    private static Map<String, @Nullable Object> decomposition(GoldenInput in) {
        return Fields.of(JourneyDecomposition.of(in.counts("reachC"), in.counts("reachT"), in.number("alpha")));
    }

    private static Map<String, @Nullable Object> bounds(GoldenInput in) {
        Map<String, @Nullable Object> fields = Fields.of(AlwaysReacherBounds.of(
                new AlwaysReacherBounds.Arm(in.count("NC"), in.count("RC"), in.count("MC")),
                new AlwaysReacherBounds.Arm(in.count("NT"), in.count("RT"), in.count("MT")),
                in.choice("direction", AlwaysReacherBounds.Direction.AUTO),
                in.number("alpha")));
        return Fields.lowerCase(fields, "direction");
    }

    private static Map<String, @Nullable Object> incrementalYield(GoldenInput in) {
        return Fields.of(IncrementalYield.of(yieldArm(in, "C"), yieldArm(in, "T"), in.number("alpha")));
    }

    private static IncrementalYield.Arm yieldArm(GoldenInput in, String arm) {
        return new IncrementalYield.Arm(
                in.kind(),
                in.count("n" + arm),
                in.number("sumA" + arm),
                in.number("sumAA" + arm),
                in.number("sumB" + arm),
                in.number("sumBB" + arm),
                in.number("sumAB" + arm));
    }

    private static Cuped.Arm cupedArm(GoldenInput in, String arm) {
        return new Cuped.Arm(
                in.count("n" + arm),
                in.number("sumY" + arm),
                in.number("sumYY" + arm),
                in.count("nObs" + arm),
                in.number("sumX" + arm),
                in.number("sumXX" + arm),
                in.number("sumXY" + arm),
                in.number("sumYObs" + arm));
    }

    private static Map<String, @Nullable Object> bayesBinary(GoldenInput in) {
        return Fields.of(BayesBinary.of(
                in.count("nC"), in.count("xC"), in.count("nT"), in.count("xT"), in.number("level", 0.95)));
    }

    private static Map<String, @Nullable Object> bayesMean(GoldenInput in) {
        boolean flat = !in.has("priorSd");
        BayesMean.Prior prior = flat ? null : new BayesMean.Prior(in.number("priorMean", 0), in.number("priorSd"));
        return Fields.of(BayesMean.of(in.arm("C"), in.arm("T"), in.number("level", 0.95), prior));
    }

    private static Map<String, @Nullable Object> nonInferiority(GoldenInput in) {
        Map<String, @Nullable Object> fields = Fields.of(NonInferiority.test(
                in.arm("C"), in.arm("T"), in.number("alpha"), in.number("margin"), in.flag("higherIsBetter")));
        return Fields.lowerCase(fields, "verdict");
    }

    private static Map<String, @Nullable Object> association(GoldenInput in) {
        return Fields.of(
                Association.of(in.count("n11"), in.count("n10"), in.count("n01"), in.count("n00"), in.number("alpha")));
    }
}
