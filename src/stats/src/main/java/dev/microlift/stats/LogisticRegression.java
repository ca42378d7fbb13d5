package dev.microlift.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which micro steps go with the goal when the others are held fixed? Odds ratios of a logistic regression on grouped
 * units. Association in the control arm, not an effect.
 *
 * <pre>
 * eta = b0 + b x     mu = 1/(1 + exp(-eta))     maximise sum (y eta - n ln(1 + exp(eta))) by Newton with step halving
 * cov = (X' diag(n mu (1-mu)) X)^-1             oddsRatio = exp(b)     ci = exp(b -+ z(1-alpha/2) se)     p of b/se
 * </pre>
 *
 * <p>Where a covariate separates goals from non-goals (no convergence, or a coefficient beyond 15) the fit subtracts
 * {@code ridge/2 sum b_j^2}, without the intercept, method {@code RIDGE}, and refuses p. Linearly dependent covariates
 * and fewer than 10 goals or non-goals refuse everything. Fewer than 10 goals (or non-goals) for each covariate warn
 * {@code LOW_EVENTS_PER_VARIABLE}.
 *
 * <p>McCullagh and Nelder 1989, <i>Generalized linear models</i>; Albert and Anderson 1984, <i>On the existence of
 * maximum likelihood estimates in logistic regression models</i>; Peduzzi et al. 1996, <i>A simulation study of the
 * number of events per variable in logistic regression analysis</i>.
 */
public final class LogisticRegression {
    /** Weight of the penalty in case of separation. */
    public static final double DEFAULT_RIDGE = 1;

    private LogisticRegression() {}

    /** How the coefficients were found. */
    public enum Method {
        /** Maximum likelihood. */
        ML,
        /** Penalised maximum likelihood. */
        RIDGE
    }

    /**
     * Units with the same covariates.
     *
     * @param x the covariates, usually 0 or 1
     * @param n number of units
     * @param y how many of them reached the goal
     */
    public record Row(List<Double> x, long n, long y) {

        /** Copies the list. */
        public Row {
            x = List.copyOf(x);
        }
    }

    /**
     * The fit. Lists other than {@code beta} and {@code se}, which start with the intercept, have one element for each
     * covariate.
     *
     * @param method how the coefficients were found
     * @param beta coefficients
     * @param se their standard errors
     * @param oddsRatio odds ratios
     * @param orCiLow lower limits of the odds ratios
     * @param orCiHigh upper limits
     * @param p two-sided p-values of no association
     * @param reason why all are absent
     * @param pReason why the p-values are absent
     * @param warnings what to know about figures that are there
     */
    public record Result(
            @Nullable Method method,
            @Nullable List<Double> beta,
            @Nullable List<Double> se,
            @Nullable List<Double> oddsRatio,
            @Nullable List<Double> orCiLow,
            @Nullable List<Double> orCiHigh,
            @Nullable List<Double> p,
            @Nullable Reason reason,
            @Nullable Reason pReason,
            List<Warning> warnings) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, reason, null, List.of());
        }
    }

    /** Fits with {@link #DEFAULT_RIDGE}. */
    public static Result fit(List<Row> rows, double alpha) {
        return fit(rows, alpha, DEFAULT_RIDGE);
    }

    /** Fits at two-sided error level {@code alpha}; {@code ridge} is the weight of the penalty in case of separation. */
    public static Result fit(List<Row> rows, double alpha, double ridge) {
        Reason refused = refusal(rows, alpha, ridge);
        if (refused != null) {
            return Result.refused(refused);
        }
        LogisticLikelihood likelihood = new LogisticLikelihood(rows);
        if (likelihood.isCollinear()) {
            return Result.refused(Reason.COLLINEAR);
        }
        LogisticLikelihood.Fit fit = likelihood.maximise(0);
        Method method = fit == null || fit.isSeparated() ? Method.RIDGE : Method.ML;
        if (method == Method.RIDGE) {
            fit = likelihood.maximise(ridge);
        }
        return fit == null ? Result.refused(Reason.SEPARATION) : result(rows, method, fit, alpha);
    }

    private static Result result(List<Row> rows, Method method, LogisticLikelihood.Fit fit, double alpha) {
        double z = Normal.upperQuantile(alpha / 2);
        List<Double> beta = new ArrayList<>();
        List<Double> se = new ArrayList<>();
        List<Double> oddsRatio = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        List<Double> p = new ArrayList<>();
        for (int j = 0; j < fit.beta().length; j++) {
            double b = fit.beta()[j];
            double error = fit.se()[j];
            beta.add(b);
            se.add(error);
            if (j > 0) {
                oddsRatio.add(Math.exp(b));
                low.add(Math.exp(b - z * error));
                high.add(Math.exp(b + z * error));
                p.add(Normal.twoSidedP(b / error));
            }
        }
        for (List<Double> figures : List.of(beta, se, oddsRatio, low, high, p)) {
            if (!figures.stream().allMatch(Double::isFinite)) {
                return Result.refused(Reason.NON_FINITE_INPUT);
            }
        }
        boolean ml = method == Method.ML;
        return new Result(
                method,
                List.copyOf(beta),
                List.copyOf(se),
                List.copyOf(oddsRatio),
                List.copyOf(low),
                List.copyOf(high),
                ml ? List.copyOf(p) : null,
                null,
                ml ? null : Reason.SEPARATION,
                fewEvents(rows) ? List.of(Warning.LOW_EVENTS_PER_VARIABLE) : List.of());
    }

    private static boolean fewEvents(List<Row> rows) {
        return fewest(rows)
                < (double) Thresholds.EVENTS_PER_VARIABLE * rows.get(0).x.size();
    }

    /** Goals or non-goals, whichever are fewer. */
    private static double fewest(List<Row> rows) {
        double goals = 0;
        double nonGoals = 0;
        for (Row row : rows) {
            goals += row.y;
            nonGoals += row.n - row.y;
        }
        return Math.min(goals, nonGoals);
    }

    private static @Nullable Reason refusal(List<Row> rows, double alpha, double ridge) {
        Reason numbers =
                Figures.first(Figures.defectOfLevel(alpha), Double.isFinite(ridge) ? null : Reason.NON_FINITE_INPUT);
        if (numbers != null) {
            return numbers;
        }
        boolean invalid = ridge < 0;
        for (Row row : rows) {
            if (!row.x.stream().allMatch(Double::isFinite)) {
                return Reason.NON_FINITE_INPUT;
            }
            invalid |=
                    row.y < 0 || row.y > row.n || row.x.size() != rows.get(0).x.size();
        }
        if (invalid) {
            return Reason.INVALID_INPUT;
        }
        return fewest(rows) < Thresholds.MIN_CONVERSIONS ? Reason.INSUFFICIENT_CONVERSIONS : null;
    }
}
