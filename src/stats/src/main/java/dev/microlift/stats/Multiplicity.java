package dev.microlift.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of many p-values still count? Adjusted p-values of one family.
 *
 * <pre>
 * sorted ascending p_(1..m)
 * Benjamini-Hochberg: adj_(i) = min over j >= i of min(1, m p_(j)/j)        (false discovery rate)
 * Holm:               adj_(i) = max over j &lt;= i of min(1, (m-j+1) p_(j))    (any false rejection)
 * </pre>
 *
 * <p>A null stays null and is not counted in {@code m}. A p-value that is none refuses the whole family, since leaving
 * it out would make the others look better.
 *
 * <p>Benjamini and Hochberg 1995, <i>Controlling the false discovery rate</i>; Benjamini and Yekutieli 2001, <i>The
 * control of the false discovery rate in multiple testing under dependency</i>; Holm 1979, <i>A simple sequentially
 * rejective multiple test procedure</i>.
 */
public final class Multiplicity {

    private Multiplicity() {}

    /** How the p-values of a family are adjusted. */
    public enum Method {
        /** Controls the expected share of false rejections: micro steps, segments. */
        BENJAMINI_HOCHBERG,
        /** Controls the chance of any false rejection: the goal over several treatments. */
        HOLM
    }

    /**
     * The adjusted family.
     *
     * @param method how it was adjusted
     * @param m number of p-values that count
     * @param adjusted adjusted p-values in the order of the input, null where the input was null
     * @param reason why all are absent, null if none is missing for that reason
     */
    public record Result(
            Method method,
            int m,
            List<@Nullable Double> adjusted,
            @Nullable Reason reason) {

        /** Copies the list. */
        public Result {
            adjusted = Collections.unmodifiableList(new ArrayList<>(adjusted));
        }
    }

    /** Adjusts by Benjamini and Hochberg. */
    public static Result benjaminiHochberg(List<@Nullable Double> p) {
        return adjust(p, Method.BENJAMINI_HOCHBERG);
    }

    /** Adjusts by Holm. */
    public static Result holm(List<@Nullable Double> p) {
        return adjust(p, Method.HOLM);
    }

    private static Result adjust(List<@Nullable Double> p, Method method) {
        List<Ranked> ranked = new ArrayList<>();
        List<@Nullable Double> adjusted = new ArrayList<>();
        for (int i = 0; i < p.size(); i++) {
            Double value = p.get(i);
            adjusted.add(null);
            if (value != null) {
                ranked.add(new Ranked(i, value));
            }
        }
        int m = ranked.size();
        for (Ranked one : ranked) {
            if (!(one.p >= 0 && one.p <= 1)) {
                Reason reason = Double.isFinite(one.p) ? Reason.INVALID_INPUT : Reason.NON_FINITE_INPUT;
                return new Result(method, m, adjusted, reason);
            }
        }
        ranked.sort(Comparator.comparingDouble(Ranked::p));
        switch (method) {
            case BENJAMINI_HOCHBERG -> stepUp(ranked, adjusted);
            case HOLM -> stepDown(ranked, adjusted);
        }
        return new Result(method, m, adjusted, null);
    }

    private static void stepUp(List<Ranked> ranked, List<@Nullable Double> adjusted) {
        int m = ranked.size();
        double least = 1;
        for (int j = m; j >= 1; j--) {
            Ranked one = ranked.get(j - 1);
            least = Math.max(one.p, Math.min(least, one.p * ((double) m / j)));
            adjusted.set(one.index, least);
        }
    }

    private static void stepDown(List<Ranked> ranked, List<@Nullable Double> adjusted) {
        int m = ranked.size();
        double most = 0;
        for (int j = 1; j <= m; j++) {
            Ranked one = ranked.get(j - 1);
            most = Math.max(most, Math.min(1, (m - j + 1) * one.p));
            adjusted.set(one.index, most);
        }
    }

    private record Ranked(int index, double p) {}
}
