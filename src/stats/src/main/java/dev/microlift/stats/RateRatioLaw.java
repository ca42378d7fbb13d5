package dev.microlift.stats;

/**
 * Law of the ratio {@code T/C} of two independent rates at one point {@code theta}.
 *
 * <p>{@code T <= theta C} is compared as {@code Y <= X} with {@code X = C min(1, theta)} and
 * {@code Y = T min(1, 1/theta)}, so that both stay within [0, 1] and no probability lies outside the panels. All
 * integrals are direct: no figure is a difference of nearly equal numbers.
 */
final class RateRatioLaw {
    /** A Newton step this small, in standard deviations, doubles its correct digits once more, and is the last. */
    private static final double LAST_STEP = 1e-6;

    private static final int MAX_STEPS = 200;

    private final PanelRule rule;
    private final double[] fX;
    private final double[] fY;

    private RateRatioLaw(PanelRule rule, double[] fX, double[] fY) {
        this.rule = rule;
        this.fX = fX;
        this.fY = fY;
    }

    /** The law at {@code theta = exp(logTheta)}. */
    static RateRatioLaw at(BetaPosterior control, BetaPosterior treatment, double logTheta) {
        double scaleX = Math.exp(Math.min(0, logTheta));
        double scaleY = Math.exp(Math.min(0, -logTheta));
        double[] ends = {0, scaleX, scaleY, 1};
        PanelRule rule = new PanelRule(scaled(control, scaleX), scaled(treatment, scaleY), ends);
        return new RateRatioLaw(rule, density(rule, control, scaleX), density(rule, treatment, scaleY));
    }

    private static double[] scaled(BetaPosterior rate, double scale) {
        double[] points = rate.breakpoints();
        for (int i = 0; i < points.length; i++) {
            points[i] *= scale;
        }
        return points;
    }

    /** Normalised density of the rate times {@code scale}, at the nodes. */
    private static double[] density(PanelRule rule, BetaPosterior rate, double scale) {
        double[] points = rule.points();
        double[] values = new double[points.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = points[i] < scale ? rate.shape(points[i] / scale) : 0;
        }
        double total = rule.integral(values);
        for (int i = 0; i < values.length; i++) {
            values[i] /= total;
        }
        return values;
    }

    /** {@code P(T/C <= theta)}. */
    double below() {
        return rule.integral(fX, rule.fromLeft(fY));
    }

    /** {@code P(T/C > theta)}. */
    double above() {
        return rule.integral(fY, rule.fromLeft(fX));
    }

    /** Density of {@code ln(T/C)}. */
    private double logDensity() {
        double[] product = fX.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= rule.points()[i];
        }
        return rule.integral(product, fY);
    }

    /** {@code E[(X-Y)+]}: at {@code theta = 1} the expected loss of choosing the treatment. */
    double lossAbove() {
        return rule.integral(rule.fromLeft(fY), rule.toRight(fX));
    }

    /** {@code E[(Y-X)+]}: at {@code theta = 1} the expected loss of choosing the control. */
    double lossBelow() {
        return rule.integral(rule.fromLeft(fX), rule.toRight(fY));
    }

    /**
     * The logarithm of the ratio with probability {@code tail} below it, or above it: Newton steps on the logarithm of
     * the tail inside a bracket, from the log-normal approximation.
     */
    static double quantile(BetaPosterior control, BetaPosterior treatment, double tail, boolean upper) {
        double spread = Math.sqrt(treatment.logVariance() + control.logVariance());
        double z = Normal.upperQuantile(tail);
        double x = treatment.logMean() - control.logMean() + (upper ? z : -z) * spread;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS; step++) {
            RateRatioLaw law = at(control, treatment, x);
            double reached = upper ? law.above() : law.below();
            if (upper == reached < tail) {
                high = x;
            } else {
                low = x;
            }
            double move = Math.log(tail / reached) * reached / law.logDensity();
            double next = x + Math.max(-spread, Math.min(spread, upper ? -move : move));
            if (Math.abs(next - x) <= LAST_STEP * spread) {
                return next;
            }
            if (!(next > low && next < high)) {
                boolean bracketed = high - low < Double.POSITIVE_INFINITY;
                next = bracketed ? 0.5 * (low + high) : x + (high > x ? spread : -spread);
            }
            x = next;
        }
        return x;
    }
}
