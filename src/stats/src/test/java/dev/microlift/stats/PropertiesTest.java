package dev.microlift.stats;

import static dev.microlift.stats.Printed.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for all data, on seeded random data. */
class PropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static double[] values(Random random, int n) {
        double scale = Math.exp(3 * random.nextGaussian());
        double shape = 0.2 + random.nextDouble();
        double shift = 1 + random.nextDouble();
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = scale * (shift + Math.exp(shape * random.nextGaussian()));
        }
        return values;
    }

    private static Moments moments(double[] values, int from, int to) {
        CompensatedSum sum = new CompensatedSum();
        CompensatedSum sumsq = new CompensatedSum();
        for (int i = from; i < to; i++) {
            sum.add(values[i]);
            sumsq.add(values[i] * values[i]);
        }
        return Moments.mean(to - from, sum.value(), sumsq.value());
    }

    private static Moments mean(Random random) {
        double[] values = values(random, 60 + random.nextInt(400));
        return moments(values, 0, values.length);
    }

    private static Moments rate(Random random) {
        long n = 100L + random.nextInt(5000);
        return Moments.binary(n, 10 + random.nextInt((int) n - 20));
    }

    private static Moments arm(Random random) {
        return random.nextBoolean() ? mean(random) : rate(random);
    }

    private static Moments armLike(Moments other, Random random) {
        return other.kind() == Kind.BINARY ? rate(random) : mean(random);
    }

    private static Moments scaled(Moments arm, double factor) {
        return new Moments(Kind.MEAN, arm.n(), arm.sum() * factor, arm.m2() * factor * factor);
    }

    private static Offset<Double> relative(double tolerance, double size) {
        return within(tolerance * Math.abs(size));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exchangingTheArmsFlipsTheSigns(long seed) {
        Random random = new Random(seed);
        Moments control = arm(random);
        Moments treatment = armLike(control, random);
        Welch.Result one = Welch.test(control, treatment, 0.05);
        Welch.Result other = Welch.test(treatment, control, 0.05);
        assertThat(one.diff()).isEqualTo(-figure(other.diff()));
        assertThat(one.stat()).isEqualTo(-figure(other.stat()));
        assertThat(one.p()).isEqualTo(other.p());
        assertThat(one.ciLow()).isEqualTo(-figure(other.ciHigh()));
        Fieller.Result lift = Fieller.lift(control, treatment, 0.05);
        Fieller.Result back = Fieller.lift(treatment, control, 0.05);
        assertThat((1 + figure(lift.lift())) * (1 + figure(back.lift()))).isCloseTo(1, within(1e-10));
        assertThat((1 + figure(lift.ciLow())) * (1 + figure(back.ciHigh()))).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void scalingAMetricLeavesLiftAndPUnchanged(long seed) {
        Random random = new Random(seed);
        Moments control = mean(random);
        Moments treatment = mean(random);
        double factor = Math.exp(20 * random.nextGaussian());
        Moments scaledC = scaled(control, factor);
        Moments scaledT = scaled(treatment, factor);
        double p = figure(Welch.test(control, treatment, 0.05).p());
        assertThat(Welch.test(scaledC, scaledT, 0.05).p()).isCloseTo(p, within(1e-10 * p + 1e-300));
        Fieller.Result lift = Fieller.lift(control, treatment, 0.05);
        Fieller.Result scaledLift = Fieller.lift(scaledC, scaledT, 0.05);
        assertThat(scaledLift.lift()).isCloseTo(figure(lift.lift()), relative(1e-11, 1 + figure(lift.lift())));
        assertThat(scaledLift.ciHigh()).isCloseTo(figure(lift.ciHigh()), relative(1e-11, 1 + figure(lift.ciHigh())));
        assertThat(ConfidenceSequence.of(scaledC, scaledT, 0.05).pAlwaysValid())
                .isCloseTo(
                        figure(ConfidenceSequence.of(control, treatment, 0.05).pAlwaysValid()), within(1e-10));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theMergeOfTwoHalvesEqualsTheWhole(long seed) {
        Random random = new Random(seed);
        double[] values = values(random, 10 + random.nextInt(500));
        int cut = random.nextInt(values.length + 1);
        Moments whole = moments(values, 0, values.length);
        Moments merged = moments(values, 0, cut).merge(moments(values, cut, values.length));
        assertThat(merged.n()).isEqualTo(whole.n());
        assertThat(merged.sum()).isCloseTo(whole.sum(), relative(1e-12, whole.sum()));
        assertThat(merged.m2()).isCloseTo(whole.m2(), relative(1e-12, whole.m2() + whole.sum() * whole.m()));
        Moments rate = rate(random);
        Moments more = rate(random);
        assertThat(rate.merge(more))
                .isEqualTo(Moments.binary(rate.n() + more.n(), (long) rate.sum() + (long) more.sum()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addingAConstantToTheCovariateChangesNothing(long seed) {
        Random random = new Random(seed);
        double constant = 10 * random.nextGaussian();
        Cuped.Arm[] plain = new Cuped.Arm[2];
        Cuped.Arm[] shifted = new Cuped.Arm[2];
        for (int arm = 0; arm < 2; arm++) {
            long n = 60L + random.nextInt(300);
            Cuped.Arm empty = new Cuped.Arm(0, 0, 0, 0, 0, 0, 0, 0);
            plain[arm] = empty;
            shifted[arm] = empty;
            for (int i = 0; i < n; i++) {
                double x = 2 + random.nextGaussian();
                double y = x + random.nextGaussian() + 0.1 * arm;
                boolean known = random.nextInt(4) > 0;
                plain[arm] = plain[arm].merge(unit(y, x, known));
                shifted[arm] = shifted[arm].merge(unit(y, x + constant, known));
            }
        }
        Cuped.Result one = Cuped.adjust(plain[0], plain[1], 0.05);
        Cuped.Result other = Cuped.adjust(shifted[0], shifted[1], 0.05);
        assertThat(other.theta()).isCloseTo(figure(one.theta()), within(1e-10));
        assertThat(other.diff()).isCloseTo(figure(one.diff()), within(1e-10));
        assertThat(other.se()).isCloseTo(figure(one.se()), within(1e-10));
        assertThat(other.p()).isCloseTo(figure(one.p()), within(1e-9));
        assertThat(other.liftCiLow()).isCloseTo(figure(one.liftCiLow()), within(1e-9));
    }

    private static Cuped.Arm unit(double y, double x, boolean known) {
        return known ? new Cuped.Arm(1, y, y * y, 1, x, x * x, x * y, y) : new Cuped.Arm(1, y, y * y, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIntervalExcludesZeroExactlyWhenItsPIsBelowAlpha(long seed) {
        Random random = new Random(seed);
        Moments control = arm(random);
        Moments treatment = near(control, random);
        double alpha = 0.001 + 0.2 * random.nextDouble();
        Welch.Result welch = Welch.test(control, treatment, alpha);
        boolean significant = figure(welch.p()) < alpha;
        assertThat(excludesZero(welch.ciLow(), welch.ciHigh())).isEqualTo(significant);
        Fieller.Result lift = Fieller.lift(control, treatment, alpha);
        assertThat(excludesZero(lift.ciLow(), lift.ciHigh())).isEqualTo(significant);
        ConfidenceSequence.Result look = ConfidenceSequence.of(control, treatment, alpha, 3000);
        boolean crossed = figure(look.pAlwaysValid()) < alpha;
        assertThat(excludesZero(look.ciLow(), look.ciHigh())).isEqualTo(crossed);
        assertThat(excludesZero(look.liftCiLow(), look.liftCiHigh())).isEqualTo(crossed);
        assertThat(crossed && !significant).isFalse();
    }

    /** An arm whose mean lies a few standard errors away. */
    private static Moments near(Moments arm, Random random) {
        double shift = 3 * random.nextGaussian() * Math.sqrt(2 * arm.v());
        if (arm.kind() == Kind.BINARY) {
            long conversions = Math.round(arm.sum() + shift * arm.n());
            return Moments.binary(arm.n(), Math.max(10, Math.min(arm.n() - 10, conversions)));
        }
        return new Moments(Kind.MEAN, arm.n(), arm.sum() + shift * arm.n(), arm.m2() * (0.5 + random.nextDouble()));
    }

    private static boolean excludesZero(@Nullable Double low, @Nullable Double high) {
        return figure(low) > 0 || figure(high) < 0;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anAdjustedPIsNeverBelowTheRawOneAndKeepsTheOrder(long seed) {
        Random random = new Random(seed);
        List<@Nullable Double> p = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            p.add(random.nextInt(5) == 0 ? null : Math.pow(random.nextDouble(), 3));
        }
        List<@Nullable Double> bh = Multiplicity.benjaminiHochberg(p).adjusted();
        List<@Nullable Double> holm = Multiplicity.holm(p).adjusted();
        for (int i = 0; i < p.size(); i++) {
            Double raw = p.get(i);
            if (raw == null) {
                assertThat(bh.get(i)).isNull();
                assertThat(holm.get(i)).isNull();
                continue;
            }
            assertThat(bh.get(i)).isBetween(raw, figure(holm.get(i)));
            for (int j = 0; j < p.size(); j++) {
                Double other = p.get(j);
                if (other != null && raw <= other) {
                    assertThat(figure(bh.get(i))).isLessThanOrEqualTo(figure(bh.get(j)));
                    assertThat(figure(holm.get(i))).isLessThanOrEqualTo(figure(holm.get(j)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void contributionsAddUpToTheTotalAndSharesToOne(long seed) {
        Random random = new Random(seed);
        long[] reachC = reach(random);
        long[] reachT = reach(random);
        JourneyDecomposition.Result result = JourneyDecomposition.of(reachC, reachT, 0.05);
        double sum = 0;
        double var = 0;
        double shares = 0;
        for (JourneyDecomposition.Step step : result.steps()) {
            sum += figure(step.contribution());
            var += figure(step.var());
            shares += step.share() == null ? 0 : step.share();
        }
        assertThat(sum).isCloseTo(figure(result.total()), within(1e-12));
        assertThat(var).isCloseTo(figure(result.totalVar()), relative(1e-12, var));
        assertThat(result.steps().get(0).shareReason() == null ? shares : 1).isCloseTo(1, within(1e-10));
    }

    private static long[] reach(Random random) {
        long[] reach = new long[5];
        reach[0] = 100_000L + random.nextInt(100_000);
        for (int k = 1; k < reach.length; k++) {
            reach[k] = (long) (reach[k - 1] * (0.2 + 0.8 * random.nextDouble()));
        }
        return reach;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void boundsAreOrderedAndMirroredByExchangingTheArms(long seed) {
        Random random = new Random(seed);
        AlwaysReacherBounds.Arm one = bounded(random);
        AlwaysReacherBounds.Arm other = bounded(random);
        AlwaysReacherBounds.Result result =
                AlwaysReacherBounds.of(one, other, AlwaysReacherBounds.Direction.AUTO, 0.05);
        AlwaysReacherBounds.Result mirrored =
                AlwaysReacherBounds.of(other, one, AlwaysReacherBounds.Direction.AUTO, 0.05);
        assertThat(figure(result.lower())).isLessThanOrEqualTo(figure(result.upper()) + 1e-12);
        assertThat(result.lower()).isCloseTo(-figure(mirrored.upper()), within(1e-12));
        assertThat(result.seLower()).isCloseTo(figure(mirrored.seUpper()), within(1e-12));
        assertThat(figure(result.ciLow())).isLessThanOrEqualTo(figure(result.lower()));
        assertThat(figure(result.ciHigh())).isGreaterThanOrEqualTo(figure(result.upper()));
    }

    private static AlwaysReacherBounds.Arm bounded(Random random) {
        long reached = 50L + random.nextInt(5000);
        return new AlwaysReacherBounds.Arm(reached + 1 + random.nextInt(5000), reached, random.nextInt((int) reached));
    }
}
