package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Day;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.SampleRatio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Do the counts of exposed units fit the weights?
 *
 * @param eValue of the counts as they are
 * @param eMax the largest e-value at the end of any day so far
 * @param pSequential holds however often the report is read
 * @param isFinal whether the experiment has ended, so that its p-value may judge
 * @param byDay where it went wrong, for diagnosis only
 * @param bySegment the same by value of each segment
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SampleRatioCheck(
        String check,
        Judgement verdict,
        List<Long> counts,
        List<Double> expectedShares,
        @Nullable Double chiSquare,
        @Nullable Integer df,
        @Nullable Double pValue,
        @Nullable Double eValue,
        @Nullable Double eMax,
        @Nullable Double pSequential,
        boolean isFinal,
        @Nullable String reason,
        Diagnosis byDay,
        Diagnosis bySegment)
        implements Check {

    static SampleRatioCheck of(Study study, Answer answer, boolean isFinal) {
        double[] shares = array(study);
        List<Long> counts = study.arms().stream().map(Arm::exposed).toList();
        SampleRatio.Result result = SampleRatio.check(
                longs(counts),
                shares,
                SampleRatio.DEFAULT_CONCENTRATION,
                largestBefore(answer.days(), shares),
                isFinal);
        return new SampleRatioCheck(
                "srm",
                Judgement.of(result),
                counts,
                study.shares(),
                result.chi2(),
                result.df(),
                result.p(),
                result.e(),
                result.eMax(),
                result.pSequential(),
                isFinal,
                Estimate.name(result.reason()),
                Diagnosis.of(
                        answer.days().stream()
                                .map(day -> new Diagnosis.Group(day.day().toString(), day.exposedByVariant()))
                                .toList(),
                        shares),
                Diagnosis.of(
                        answer.segments().stream()
                                .map(segment -> new Diagnosis.Group(
                                        segment.attribute() + "=" + segment.value(), segment.exposedByVariant()))
                                .toList(),
                        shares));
    }

    /** The days are looked at one after the other, so that the same events give the same e-value. */
    private static double largestBefore(List<Day> days, double[] shares) {
        double largest = 1;
        long[] counts = new long[shares.length];
        for (Day day : days) {
            for (int arm = 0; arm < counts.length; arm++) {
                counts[arm] += day.exposedByVariant().get(arm);
            }
            Double eMax = SampleRatio.check(counts, shares, SampleRatio.DEFAULT_CONCENTRATION, largest, false)
                    .eMax();
            largest = eMax == null ? largest : eMax;
        }
        return largest;
    }

    static double[] array(Study study) {
        return study.shares().stream().mapToDouble(Double::doubleValue).toArray();
    }

    static long[] longs(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * The ratio in parts of the units; it says where to look, never whether to trust.
     *
     * @param tested how many parts had enough units
     * @param suspicious the worst of them, adjusted by Benjamini and Hochberg
     */
    public record Diagnosis(int tested, List<Suspicious> suspicious) {

        private static final double SUSPICIOUS_P = 0.01;
        private static final int MOST_TOLD = 20;

        /** A part of the units. */
        record Group(String part, List<Long> counts) {}

        /** A part whose counts do not fit. */
        public record Suspicious(String part, List<Long> counts, double pValue, double pAdjusted) {}

        static Diagnosis of(List<Group> groups, double[] shares) {
            List<@Nullable Double> p = new ArrayList<>();
            for (Group group : groups) {
                p.add(SampleRatio.check(longs(group.counts()), shares).p());
            }
            Multiplicity.Result adjusted = Multiplicity.benjaminiHochberg(p);
            List<Suspicious> suspicious = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                Double raw = p.get(i);
                Double corrected = adjusted.adjusted().get(i);
                if (raw != null && corrected != null && corrected < SUSPICIOUS_P) {
                    suspicious.add(
                            new Suspicious(groups.get(i).part(), groups.get(i).counts(), raw, corrected));
                }
            }
            suspicious.sort(Comparator.comparingDouble(Suspicious::pValue));
            return new Diagnosis(
                    adjusted.m(), suspicious.stream().limit(MOST_TOLD).toList());
        }
    }
}
