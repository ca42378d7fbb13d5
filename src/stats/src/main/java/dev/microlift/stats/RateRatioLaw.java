package dev.microlift.stats;

/**
 * Law of the ratio {@code T/C} of two independent rates at one point {@code theta}.
 *
 * <p>{@code T <= theta C} is compared as {@code Y <= X} with {@code X = C min(1, theta)} and
 * {@code Y = T min(1, 1/theta)}, so that both stay within [0, 1] and no probability lies outside the panels.
 *
 * @param control the control's rate
 * @param treatment the treatment's rate
 * @param logTheta logarithm of the point
 * @param below {@code P(T/C <= theta)}
 * @param above {@code P(T/C > theta)}
 * @param density density of {@code ln(T/C)} at {@code ln theta}
 * @param lossAbove {@code E[(X-Y)+]}, at {@code theta} 1 the expected loss of choosing the treatment
 * @param lossBelow {@code E[(Y-X)+]}, at {@code theta} 1 the expected loss of choosing the control
 */
record RateRatioLaw(
        BetaPosterior control,
        BetaPosterior treatment,
        double logTheta,
        double below,
        double above,
        double density,
        double lossAbove,
        double lossBelow) {
    /** A Newton step this small, in standard deviations, doubles its correct digits once more, and is the last. */
    private static final double LAST_STEP = 1e-8;

    private static final int MAX_STEPS = 200;

    static RateRatioLaw at(BetaPosterior control, BetaPosterior treatment, double logTheta) {
        double scaleX = Math.exp(Math.min(0, logTheta));
        double scaleY = Math.exp(Math.min(0, -logTheta));
        double[] ends = {0, scaleX, scaleY, 1};
        PanelRule rule = new PanelRule(scaled(control, scaleX), scaled(treatment, scaleY), ends);
        double[] fX = density(rule, control, scaleX);
        double[] fY = density(rule, treatment, scaleY);
        double[] leftX = rule.fromLeft(fX);
        double[] leftY = rule.fromLeft(fY);
        double[] rightX = rule.toRight(fX);
        double[] rightY = rule.toRight(fY);
        return new RateRatioLaw(
                control,
                treatment,
                logTheta,
                rule.integral(fX, leftY),
                rule.integral(fY, leftX),
                rule.integral(fX, product(rule.points(), fY)),
                rule.integral(leftY, rightX),
                rule.integral(leftX, rightY));
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

    private static double[] product(double[] left, double[] right) {
        double[] product = new double[left.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = left[i] * right[i];
        }
        return product;
    }

    /**
     * The logarithm of the ratio with probability {@code tail} below it, or above it: Newton steps on the logarithm of
     * the tail inside a bracket, from the log-normal approximation.
     */
    double quantile(double tail, boolean upper) {
        double spread = Math.sqrt(treatment.logVariance() + control.logVariance());
        double z = Normal.upperQuantile(tail);
        double x = treatment.logMean() - control.logMean() + (upper ? z : -z) * spread;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS; step++) {
            RateRatioLaw law = at(control, treatment, x);
            double reached = upper ? law.above : law.below;
            if (upper == reached < tail) {
                high = x;
            } else {
                low = x;
            }
            double move = (Math.log(tail) - Math.log(reached)) * reached / (upper ? -law.density : law.density);
            double next = x + Math.max(-spread, Math.min(spread, move));
            if (!(next > low && next < high)) {
                next = high - low < Double.POSITIVE_INFINITY ? 0.5 * (low + high) : x + (high > x ? spread : -spread);
            }
            if (Math.abs(next - x) <= LAST_STEP * spread) {
                return next;
            }
            x = next;
        }
        return x;
    }
}
