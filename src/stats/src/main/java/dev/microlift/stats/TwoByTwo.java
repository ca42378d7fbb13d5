package dev.microlift.stats;

/**
 * Units by micro step (first digit) and goal (second digit).
 *
 * @param n11 with both
 * @param n10 with the micro step only
 * @param n01 with the goal only
 * @param n00 with neither
 */
record TwoByTwo(double n11, double n10, double n01, double n00) {

    double n() {
        return doers() + others();
    }

    double doers() {
        return n11 + n10;
    }

    double others() {
        return n01 + n00;
    }

    double goals() {
        return n11 + n01;
    }

    double nonGoals() {
        return n10 + n00;
    }

    double smallestMargin() {
        return Math.min(Math.min(doers(), others()), Math.min(goals(), nonGoals()));
    }

    double p1() {
        return n11 / doers();
    }

    double p0() {
        return n01 / others();
    }

    double phi() {
        double product = Math.sqrt(doers()) * Math.sqrt(others()) * Math.sqrt(goals()) * Math.sqrt(nonGoals());
        double phi = (n11 * n00 - n10 * n01) / product;
        return Math.max(-1, Math.min(1, phi));
    }

    double mutualInformationBits() {
        double sum = bits(n11, doers(), goals())
                + bits(n10, doers(), nonGoals())
                + bits(n01, others(), goals())
                + bits(n00, others(), nonGoals());
        return Math.max(0, sum);
    }

    private double bits(double cell, double row, double column) {
        return cell == 0 ? 0 : cell / n() * (Math.log(cell / row * (n() / column)) / Math.log(2));
    }

    double auc() {
        return 0.5 + (n11 / goals() - n10 / nonGoals()) / 2;
    }

    double seAuc() {
        double tpr = n11 / goals();
        double fpr = n10 / nonGoals();
        return 0.5 * Math.sqrt(tpr * (1 - tpr) / goals() + fpr * (1 - fpr) / nonGoals());
    }

    /** Standard error of the logarithm of the risk ratio (Katz); needs both cells of the goals. */
    double seLogRiskRatio() {
        return Math.sqrt(1 / n11 - 1 / doers() + 1 / n01 - 1 / others());
    }
}
