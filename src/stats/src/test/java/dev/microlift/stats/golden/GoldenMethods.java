package dev.microlift.stats.golden;

import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.Fieller;
import dev.microlift.stats.Multiplicity;
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
        METHODS.put("srm", GoldenMethods::srm);
        METHODS.put("multiplicity", GoldenMethods::multiplicity);
        METHODS.put("confidence_sequence", GoldenMethods::confidenceSequence);
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
}
