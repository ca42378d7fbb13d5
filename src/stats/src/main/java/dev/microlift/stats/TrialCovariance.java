package dev.microlift.stats;

import java.util.List;

/**
 * Covariance matrix of the effects of several experiments, as estimated and with the sampling noise taken out. A figure
 * that is undefined is NaN.
 *
 * @param meanA mean effect on the micro step
 * @param meanB mean effect on the goal
 * @param sAA sample variance of the micro effects
 * @param sBB sample variance of the macro effects
 * @param sAB sample covariance
 * @param tAA variance of the true micro effects
 * @param tBB variance of the true macro effects
 * @param tAB covariance of the true effects
 */
record TrialCovariance(
        double meanA, double meanB, double sAA, double sBB, double sAB, double tAA, double tBB, double tAB) {

    static TrialCovariance of(List<TrialSurrogacy.Trial> trials) {
        int j = trials.size();
        double meanA = 0;
        double meanB = 0;
        double vA = 0;
        double vB = 0;
        double cAB = 0;
        for (TrialSurrogacy.Trial trial : trials) {
            meanA += trial.dA() / j;
            meanB += trial.dB() / j;
            vA += trial.vA() / j;
            vB += trial.vB() / j;
            cAB += trial.cAB() / j;
        }
        double sAA = 0;
        double sBB = 0;
        double sAB = 0;
        for (TrialSurrogacy.Trial trial : trials) {
            double a = trial.dA() - meanA;
            double b = trial.dB() - meanB;
            sAA += a * a / (j - 1);
            sBB += b * b / (j - 1);
            sAB += a * b / (j - 1);
        }
        return new TrialCovariance(meanA, meanB, sAA, sBB, sAB, sAA - vA, sBB - vB, sAB - cAB);
    }

    boolean isFinite() {
        return Figures.finite(meanA, meanB, sAA, sBB, sAB, tAA, tBB, tAB);
    }

    double reliability() {
        return tAA / sAA;
    }

    private boolean microVaries() {
        return tAA > 0 && reliability() >= Thresholds.MIN_RELIABILITY;
    }

    double slope() {
        return microVaries() ? tAB / tAA : Double.NaN;
    }

    private double unclippedCorr() {
        return microVaries() && tBB > 0 ? tAB / (Math.sqrt(tAA) * Math.sqrt(tBB)) : Double.NaN;
    }

    double corr() {
        return Math.max(-1, Math.min(1, unclippedCorr()));
    }

    boolean isClipped() {
        return Math.abs(unclippedCorr()) > 1;
    }

    double naiveSlope() {
        return sAB / sAA;
    }

    double naiveCorr() {
        return sAB / (Math.sqrt(sAA) * Math.sqrt(sBB));
    }
}
