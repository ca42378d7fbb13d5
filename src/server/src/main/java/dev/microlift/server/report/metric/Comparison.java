package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.report.study.Estimate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A treatment compared with the control.
 *
 * @param difference of the rates, treatment minus control (Welch)
 * @param lift relative difference (Fieller)
 * @param pValue two-sided, of difference and lift alike, of all units so far; it decides nothing after the planned end. Null
 *     with the reason READ_ONCE before the planned end of a plan that is read once, and so are the intervals
 * @param pAdjusted the same of the comparison that decides, in its family
 * @param adjustment how pAdjusted was made from all p-values of its family
 * @param decidedBy which of the p-values decides at the planned end: fixed by the plan before the start
 * @param alwaysValid figures that hold however often the report is read; null if the plan reads it only once
 * @param finalAnalysis what decides at the planned end; null before
 * @param adjusted the same with what was known of units before; null if nothing was asked for
 * @param value the step's value per unit; null if it has none
 * @param bayes a second opinion that decides nothing
 * @param significant by the plan's method; null if it cannot be said
 * @param reason why figures are null; null if none is
 * @param warnings what to know about figures that are there
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Comparison(
        String variant,
        String control,
        Estimate difference,
        Estimate lift,
        @Nullable Double pValue,
        @Nullable Double pAdjusted,
        Adjustment adjustment,
        Plan.Decision decidedBy,
        @Nullable AlwaysValid alwaysValid,
        @Nullable FinalAnalysis finalAnalysis,
        @Nullable Adjusted adjusted,
        @Nullable ValueComparison value,
        @Nullable Bayes bayes,
        @Nullable Boolean significant,
        @Nullable String reason,
        List<String> warnings) {

    public Comparison {
        warnings = List.copyOf(warnings);
    }

    /** Why figures are null that are told only when they are read for the only time. */
    static final String READ_ONCE = "READ_ONCE";

    /** Whether it is the final analysis that the conclusion rests on, and not figures that hold at every look. */
    private boolean concludesAtEnd() {
        Double early = alwaysValid == null ? null : alwaysValid.pAdjusted();
        return finalAnalysis != null && (alwaysValid == null || early == null || early > alwaysValid.alpha());
    }

    /** The difference that the conclusion rests on. */
    public Estimate decidingDifference() {
        return concludesAtEnd() ? Objects.requireNonNull(finalAnalysis).difference() : difference;
    }

    /** The lift that the conclusion rests on. */
    public Estimate decidingLift() {
        return concludesAtEnd() ? Objects.requireNonNull(finalAnalysis).lift() : lift;
    }

    /** The p-value beside it. */
    public @Nullable Double decidingP() {
        return concludesAtEnd() ? Objects.requireNonNull(finalAnalysis).pAdjusted() : pAdjusted;
    }

    /**
     * A family of p-values.
     *
     * @param method holm or benjaminiHochberg
     * @param m how many p-values it has
     */
    public record Adjustment(String method, int m) {}

    /**
     * Confidence sequences and their p-value.
     *
     * @param alpha the error level they spend
     * @param ci of the difference
     * @param liftCi of the lift
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AlwaysValid(
            double alpha,
            @Nullable List<Double> ci,
            @Nullable List<Double> liftCi,
            @Nullable Double pValue,
            @Nullable Double pAdjusted,
            @Nullable String reason) {}

    /**
     * The one analysis that is not repeated: of the units that had matured when as many as planned had. Units that come
     * later change nothing in it. Of a plan that names no end, all units so far.
     *
     * @param alpha the error level that is left for it; its intervals are of this level
     * @param units of both variants
     * @param pValue of the comparison that decides
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record FinalAnalysis(
            double alpha,
            long units,
            Estimate difference,
            Estimate lift,
            @Nullable Double pValue,
            @Nullable Double pAdjusted,
            @Nullable String reason) {}

    /**
     * The mean of a value per unit, compared.
     *
     * @param cap what a unit's value was capped at; null if nothing was
     * @param warnings {@code CAP_NOT_POSITIVE} if the plan has a cap and it is 0 or below, which caps nothing
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ValueComparison(
            Estimate difference,
            Estimate lift,
            @Nullable Double pValue,
            @Nullable Double cap,
            @Nullable Adjusted adjusted,
            @Nullable Bayes bayes,
            List<String> warnings) {

        public ValueComparison {
            warnings = List.copyOf(warnings);
        }
    }
}
