package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Units;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Shares;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.SampleRatio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Units that saw two variants are in no comparison; do they come from all arms alike? If not, leaving them out selects.
 *
 * @param share of the exposed units
 * @param byFirstVariant in the order of the variants
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CrossoverCheck(
        String check,
        Judgement verdict,
        long crossovers,
        @Nullable Double share,
        List<Long> byFirstVariant,
        @Nullable Double pValue,
        @Nullable Double eValue,
        boolean isFinal,
        @Nullable String reason)
        implements Check {

    /** Above this share of units the identity of units is doubtful. */
    private static final double MANY = 0.05;

    static CrossoverCheck of(Study study, Units units, boolean isFinal) {
        SampleRatio.Result result = SampleRatio.check(
                SampleRatioCheck.longs(units.crossoversByFirstVariant()),
                SampleRatioCheck.array(study),
                SampleRatio.DEFAULT_CONCENTRATION,
                1,
                isFinal);
        Double share = Shares.of(units.crossovers(), units.exposed());
        boolean many = share != null && share > MANY;
        return new CrossoverCheck(
                "crossoverBalance",
                Judgement.worst(List.of(Judgement.of(result), many ? Judgement.WARN : Judgement.OK)),
                units.crossovers(),
                share,
                units.crossoversByFirstVariant(),
                result.p(),
                result.e(),
                isFinal,
                Estimate.name(result.reason()));
    }
}
