package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Segment;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Rate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.CochranQ;
import dev.microlift.stats.Fieller;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.Reason;
import dev.microlift.stats.Welch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same figures by an attribute that was frozen at exposure.
 *
 * @param heterogeneity whether effects differ between its values at all: only then do single values get a p-value
 * @param reason NO_UNITS if no unit was exposed; null otherwise
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SegmentBlock(
        String attribute,
        List<Heterogeneity> heterogeneity,
        List<Value> values,
        @Nullable String reason) {

    /**
     * Cochran's test on the differences of one step and one treatment.
     *
     * @param pAdjusted over every attribute, step and treatment of the report, by Benjamini and Hochberg
     * @param i2 share of the variation between segments that is not chance
     * @param leftOut values whose own comparison is refused
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Heterogeneity(
            String step,
            String variant,
            @Nullable Double q,
            @Nullable Integer df,
            @Nullable Double pValue,
            @Nullable Double pAdjusted,
            @Nullable Double i2,
            int leftOut,
            @Nullable String reason) {}

    /** Units with one value of the attribute. */
    public record Value(String value, List<VariantUnits> variants, List<Metric> metrics) {}

    /** Its units of one variant. */
    public record VariantUnits(String variant, long exposed, long n) {}

    /** One step or the goal; the denominator is that of the report's metrics. */
    public record Metric(String step, List<Rate> variants, List<Compared> comparisons) {}

    /**
     * One treatment against control within the segment.
     *
     * @param reason why figures are null; NOT_HETEROGENEOUS if effects do not differ enough for a p-value of their own
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Compared(
            String variant,
            Estimate difference,
            Estimate lift,
            @Nullable Double pValue,
            @Nullable String reason) {}

    /** One Q of the report's family. */
    private record Raw(String attribute, int step, int arm, List<Welch.Result> tests, CochranQ.Result q, int leftOut) {}

    /**
     * All attributes that were asked for.
     *
     * @param attributes in the order they were asked for
     */
    public static List<SegmentBlock> of(Study study, List<String> attributes, List<Segment> segments) {
        Map<String, List<Segment>> byAttribute = new LinkedHashMap<>();
        attributes.forEach(attribute -> byAttribute.put(attribute, new ArrayList<>()));
        segments.forEach(segment -> byAttribute
                .computeIfAbsent(segment.attribute(), attribute -> new ArrayList<>())
                .add(segment));
        List<Raw> family = new ArrayList<>();
        byAttribute.forEach((attribute, values) -> {
            for (int step = 0; step < study.steps().size(); step++) {
                for (int arm : study.treatments()) {
                    family.add(raw(study, attribute, values, step, arm));
                }
            }
        });
        List<@Nullable Double> p = new ArrayList<>();
        family.forEach(raw -> p.add(raw.q().p()));
        List<@Nullable Double> adjusted = Multiplicity.benjaminiHochberg(p).adjusted();
        List<SegmentBlock> blocks = new ArrayList<>();
        int first = 0;
        int perAttribute = study.steps().size() * study.treatments().size();
        for (Map.Entry<String, List<Segment>> entry : byAttribute.entrySet()) {
            blocks.add(block(
                    study,
                    entry.getKey(),
                    entry.getValue(),
                    family.subList(first, first + perAttribute),
                    adjusted.subList(first, first + perAttribute)));
            first += perAttribute;
        }
        return blocks;
    }

    private static Raw raw(Study study, String attribute, List<Segment> values, int step, int arm) {
        List<Welch.Result> tests = new ArrayList<>();
        List<Double> d = new ArrayList<>();
        List<Double> v = new ArrayList<>();
        for (Segment segment : values) {
            Study part = study.of(segment.arms());
            Welch.Result test = Welch.test(
                    part.rate(part.controlArm(), step), part.rate(part.arms().get(arm), step), study.alpha());
            tests.add(test);
            Double diff = test.diff();
            Double se = test.se();
            if (diff != null && se != null) {
                d.add(diff);
                v.add(se * se);
            }
        }
        CochranQ.Result q = CochranQ.test(
                d.stream().mapToDouble(Double::doubleValue).toArray(),
                v.stream().mapToDouble(Double::doubleValue).toArray());
        return new Raw(attribute, step, arm, tests, q, values.size() - d.size());
    }

    private static SegmentBlock block(
            Study study, String attribute, List<Segment> values, List<Raw> raws, List<@Nullable Double> adjusted) {
        List<Heterogeneity> heterogeneity = new ArrayList<>();
        for (int i = 0; i < raws.size(); i++) {
            Raw raw = raws.get(i);
            heterogeneity.add(new Heterogeneity(
                    study.steps().get(raw.step()).key(),
                    study.arms().get(raw.arm()).variant(),
                    raw.q().q(),
                    raw.q().df(),
                    raw.q().p(),
                    adjusted.get(i),
                    raw.q().i2(),
                    raw.leftOut(),
                    Estimate.name(raw.q().reason())));
        }
        List<Value> written = new ArrayList<>();
        for (int value = 0; value < values.size(); value++) {
            written.add(value(study, values.get(value), value, raws, adjusted));
        }
        return new SegmentBlock(attribute, heterogeneity, written, values.isEmpty() ? "NO_UNITS" : null);
    }

    private static Value value(
            Study study, Segment segment, int position, List<Raw> raws, List<@Nullable Double> adjusted) {
        Study part = study.of(segment.arms());
        List<VariantUnits> units = new ArrayList<>();
        for (int arm = 0; arm < part.arms().size(); arm++) {
            units.add(new VariantUnits(
                    part.arms().get(arm).variant(),
                    segment.exposedByVariant().get(arm),
                    part.arms().get(arm).n()));
        }
        List<Metric> metrics = new ArrayList<>();
        for (int step = 0; step < part.steps().size(); step++) {
            int at = step;
            List<Compared> compared = new ArrayList<>();
            for (int i = 0; i < raws.size(); i++) {
                if (raws.get(i).step() == step) {
                    Double p = adjusted.get(i);
                    compared.add(compared(part, raws.get(i), position, p != null && p < study.alpha()));
                }
            }
            metrics.add(new Metric(
                    part.steps().get(step).key(),
                    part.arms().stream()
                            .map(arm -> Rate.of(arm.variant(), arm.n(), part.converted(arm, at)))
                            .toList(),
                    compared));
        }
        return new Value(segment.value(), units, metrics);
    }

    private static Compared compared(Study part, Raw raw, int position, boolean heterogeneous) {
        Welch.Result test = raw.tests().get(position);
        Arm treatment = part.arms().get(raw.arm());
        Fieller.Result lift =
                Fieller.lift(part.rate(part.controlArm(), raw.step()), part.rate(treatment, raw.step()), part.alpha());
        Reason refused = test.reason();
        return new Compared(
                treatment.variant(),
                Estimate.of(test.diff(), test.ciLow(), test.ciHigh(), refused),
                Estimate.of(lift.lift(), lift.ciLow(), lift.ciHigh(), lift.reason()),
                heterogeneous ? test.p() : null,
                refused != null ? refused.name() : heterogeneous ? null : "NOT_HETEROGENEOUS");
    }
}
