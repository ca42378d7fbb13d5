package dev.microlift.server.report;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.commons.math3.stat.inference.TTest;

/** Compares two arms from the values of their units, by other routes than the server's: library tests and root finding. */
record IndependentComparison(
        double meanControl,
        double meanTreatment,
        double p,
        double differenceLow,
        double differenceHigh,
        double liftLow,
        double liftHigh) {

    static IndependentComparison of(double[] control, double[] treatment, double alpha) {
        double vC = new Variance().evaluate(control) / control.length;
        double vT = new Variance().evaluate(treatment) / treatment.length;
        double mC = new Mean().evaluate(control);
        double mT = new Mean().evaluate(treatment);
        double df = (vC + vT) * (vC + vT) / (vC * vC / (control.length - 1) + vT * vT / (treatment.length - 1));
        double critical = new TDistribution(null, df, 1e-14).inverseCumulativeProbability(1 - alpha / 2);
        double half = critical * Math.sqrt(vC + vT);
        // The lift's limits are the ratios that the test would just not reject.
        UnivariateFunction test = ratio -> Math.abs(mT - ratio * mC) / Math.sqrt(vT + ratio * ratio * vC) - critical;
        BrentSolver solver = new BrentSolver(1e-14, 1e-14);
        double estimate = mT / mC;
        return new IndependentComparison(
                mC,
                mT,
                new TTest().tTest(control, treatment),
                mT - mC - half,
                mT - mC + half,
                solver.solve(1000, test, estimate * 1e-3, estimate) - 1,
                solver.solve(1000, test, estimate, estimate * 100) - 1);
    }
}
