package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.report.study.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A treatment compared with the control.
 *
 * @param difference of the rates, treatment minus control (Welch)
 * @param lift relative difference (Fieller)
 * @param pValue two-sided, of difference and lift alike
 * @param pAdjusted the deciding p-value in its family
 * @param adjustment how pAdjusted was made from all p-values of its family
 * @param decidedBy which of the p-values decides at the planned end: fixed by the plan before the start
 * @param alwaysValid figures that hold however often the report is read; null if the plan reads it only once
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
        @Nullable Adjusted adjusted,
        @Nullable ValueComparison value,
        @Nullable Bayes bayes,
        @Nullable Boolean significant,
        @Nullable String reason,
        List<String> warnings) {

    public Comparison {
        warnings = List.copyOf(warnings);
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
     * The mean of a value per unit, compared.
     *
     * @param cap what a unit's value was capped at; null if nothing was
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
