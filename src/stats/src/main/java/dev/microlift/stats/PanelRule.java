package dev.microlift.stats;

import java.util.Arrays;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Composite Gauss-Legendre quadrature with 16 nodes on every panel, which also integrates from the left end to each
 * node: a cumulative function of a density thereby costs no more than the density itself.
 *
 * <p>The integral up to a node is that of the polynomial through the panel's 16 values, by Legendre's expansion:
 * {@code integral_(-1)^x P_k = (P_(k+1)(x) - P_(k-1)(x)) / (2k+1)}.
 */
final class PanelRule {
    static final int NODES = 16;

    private static final double[] NODE = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];
    /** {@code UP_TO[i][j]}: weight of value j in the integral from -1 to node i. */
    private static final double[][] UP_TO = new double[NODES][NODES];

    static {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(NODES);
        for (int i = 0; i < NODES; i++) {
            NODE[i] = rule.getPoint(i);
            WEIGHT[i] = rule.getWeight(i);
        }
        for (int i = 0; i < NODES; i++) {
            double[] atI = legendre(NODE[i]);
            for (int j = 0; j < NODES; j++) {
                double[] atJ = legendre(NODE[j]);
                double sum = 0.5 * (atI[1] + 1);
                for (int k = 1; k < NODES; k++) {
                    sum += 0.5 * atJ[k] * (atI[k + 1] - atI[k - 1]);
                }
                UP_TO[i][j] = WEIGHT[j] * sum;
            }
        }
    }

    private final double[] edges;
    private final double[] points;

    /** Panels between the breakpoints, clipped to [0, 1]. */
    PanelRule(double[]... breakpoints) {
        this.edges = edges(breakpoints);
        this.points = new double[NODES * (edges.length - 1)];
        for (int panel = 0; panel + 1 < edges.length; panel++) {
            double half = halfWidth(panel);
            for (int i = 0; i < NODES; i++) {
                points[panel * NODES + i] = edges[panel] + half * (1 + NODE[i]);
            }
        }
    }

    private static double[] edges(double[][] breakpoints) {
        return Arrays.stream(breakpoints)
                .flatMapToDouble(Arrays::stream)
                .map(point -> Math.min(1, Math.max(0, point)))
                .sorted()
                .distinct()
                .toArray();
    }

    private static double[] legendre(double x) {
        double[] p = new double[NODES + 1];
        p[0] = 1;
        p[1] = x;
        for (int k = 1; k < NODES; k++) {
            p[k + 1] = ((2 * k + 1) * x * p[k] - k * p[k - 1]) / (k + 1);
        }
        return p;
    }

    private double halfWidth(int panel) {
        return 0.5 * (edges[panel + 1] - edges[panel]);
    }

    /** The nodes of all panels, ascending. */
    double[] points() {
        return points;
    }

    /** The integral of a function given by its values at the nodes. */
    double integral(double[] values) {
        double sum = 0;
        for (int panel = 0; panel + 1 < edges.length; panel++) {
            sum += halfWidth(panel) * panelSum(values, panel);
        }
        return sum;
    }

    /** The integral of a product. */
    double integral(double[] left, double[] right) {
        double[] product = new double[left.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = left[i] * right[i];
        }
        return integral(product);
    }

    /** The integrals from 0 to each node. */
    double[] fromLeft(double[] values) {
        double[] integrals = new double[values.length];
        double before = 0;
        for (int panel = 0; panel + 1 < edges.length; panel++) {
            for (int i = 0; i < NODES; i++) {
                integrals[panel * NODES + i] = before + halfWidth(panel) * partial(values, panel, UP_TO[i]);
            }
            before += halfWidth(panel) * panelSum(values, panel);
        }
        return integrals;
    }

    /** The integrals from each node to 1, small ones with all their digits. */
    double[] toRight(double[] values) {
        double[] integrals = new double[values.length];
        double after = 0;
        for (int panel = edges.length - 2; panel >= 0; panel--) {
            double whole = panelSum(values, panel);
            for (int i = 0; i < NODES; i++) {
                double left = partial(values, panel, UP_TO[i]);
                integrals[panel * NODES + i] = after + halfWidth(panel) * (whole - left);
            }
            after += halfWidth(panel) * whole;
        }
        return integrals;
    }

    private static double panelSum(double[] values, int panel) {
        return partial(values, panel, WEIGHT);
    }

    private static double partial(double[] values, int panel, double[] weights) {
        double sum = 0;
        for (int j = 0; j < NODES; j++) {
            sum += weights[j] * values[panel * NODES + j];
        }
        return sum;
    }
}
