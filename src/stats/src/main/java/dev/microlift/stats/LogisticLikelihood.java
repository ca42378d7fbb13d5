package dev.microlift.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binomial likelihood of grouped units with a logistic link, optionally penalised, and its maximum. */
final class LogisticLikelihood {
    private static final double LEAST_PIVOT = 1e-10;
    private static final double LAST_STEP = 1e-10;
    private static final int MAX_STEPS = 50;
    private static final int MAX_HALVINGS = 40;
    private static final double SEPARATED = 15;

    private final double[][] x;
    private final double[] n;
    private final double[] y;

    LogisticLikelihood(List<LogisticRegression.Row> rows) {
        int covariates = rows.get(0).x().size();
        this.x = new double[rows.size()][1 + covariates];
        this.n = new double[rows.size()];
        this.y = new double[rows.size()];
        for (int i = 0; i < x.length; i++) {
            LogisticRegression.Row row = rows.get(i);
            x[i][0] = 1;
            for (int j = 0; j < covariates; j++) {
                x[i][1 + j] = row.x().get(j);
            }
            n[i] = row.n();
            y[i] = row.y();
        }
    }

    /**
     * The maximum.
     *
     * @param beta coefficients, the intercept first
     * @param se their standard errors
     */
    @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
    record Fit(double[] beta, double[] se) {

        /** Whether a coefficient ran away, as it does without a finite maximum. */
        boolean isSeparated() {
            for (double b : beta) {
                if (Math.abs(b) > SEPARATED) {
                    return true;
                }
            }
            return false;
        }
    }

    boolean isCollinear() {
        return Cholesky.of(information(new double[x[0].length], 0), LEAST_PIVOT) == null;
    }

    /** Newton's method from 0; null if it does not converge. */
    @Nullable
    Fit maximise(double ridge) {
        double[] beta = new double[x[0].length];
        double value = value(beta, ridge);
        for (int iteration = 0; iteration < MAX_STEPS; iteration++) {
            Cholesky information = Cholesky.of(information(beta, ridge), 0);
            if (information == null) {
                return null;
            }
            double[] step = information.solve(gradient(beta, ridge));
            double[] next = moved(beta, step, 1);
            double nextValue = value(next, ridge);
            double factor = 1;
            for (int halving = 0; nextValue < value && !negligible(step, factor) && halving < MAX_HALVINGS; halving++) {
                factor /= 2;
                next = moved(beta, step, factor);
                nextValue = value(next, ridge);
            }
            beta = next;
            value = nextValue;
            if (negligible(step, factor)) {
                return fit(beta, ridge);
            }
        }
        return null;
    }

    private static boolean negligible(double[] step, double factor) {
        for (double change : step) {
            if (!(Math.abs(change * factor) < LAST_STEP)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Fit fit(double[] beta, double ridge) {
        Cholesky information = Cholesky.of(information(beta, ridge), 0);
        if (information == null) {
            return null;
        }
        double[] se = information.diagonalOfInverse();
        for (int j = 0; j < se.length; j++) {
            se[j] = Math.sqrt(se[j]);
        }
        return new Fit(beta, se);
    }

    private static double[] moved(double[] beta, double[] step, double factor) {
        double[] moved = beta.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += factor * step[j];
        }
        return moved;
    }

    private double eta(int row, double[] beta) {
        double eta = 0;
        for (int j = 0; j < beta.length; j++) {
            eta += beta[j] * x[row][j];
        }
        return eta;
    }

    private double value(double[] beta, double ridge) {
        double value = 0;
        for (int i = 0; i < n.length; i++) {
            double eta = eta(i, beta);
            double softplus = Math.max(0, eta) + Math.log1p(Math.exp(-Math.abs(eta)));
            value += y[i] * eta - n[i] * softplus;
        }
        for (int j = 1; j < beta.length; j++) {
            value -= ridge / 2 * beta[j] * beta[j];
        }
        return value;
    }

    private double[] gradient(double[] beta, double ridge) {
        double[] gradient = new double[beta.length];
        for (int i = 0; i < n.length; i++) {
            double residual = y[i] - n[i] / (1 + Math.exp(-eta(i, beta)));
            for (int j = 0; j < beta.length; j++) {
                gradient[j] += residual * x[i][j];
            }
        }
        for (int j = 1; j < beta.length; j++) {
            gradient[j] -= ridge * beta[j];
        }
        return gradient;
    }

    private double[][] information(double[] beta, double ridge) {
        double[][] information = new double[beta.length][beta.length];
        for (int i = 0; i < n.length; i++) {
            double e = Math.exp(-Math.abs(eta(i, beta)));
            double weight = n[i] * e / ((1 + e) * (1 + e));
            for (int j = 0; j < beta.length; j++) {
                for (int k = 0; k < beta.length; k++) {
                    information[j][k] += weight * x[i][j] * x[i][k];
                }
            }
        }
        for (int j = 1; j < beta.length; j++) {
            information[j][j] += ridge;
        }
        return information;
    }
}
