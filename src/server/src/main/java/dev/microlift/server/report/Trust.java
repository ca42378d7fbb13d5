package dev.microlift.server.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.stats.SampleRatio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the data can be believed: without trust there is no verdict. */
public record Trust(Verdict verdict, List<Check> checks) {

    /** What a check says; later ones are worse. */
    public enum Verdict {
        OK,
        WARN,
        INVALID
    }

    /** One check with its evidence. */
    public sealed interface Check {
        /** Its result. */
        Verdict verdict();
    }

    /**
     * Do the counts of exposed units fit the weights?
     *
     * @param isFinal whether the experiment has ended, so that its p-value may judge
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SampleRatioCheck(
            String check,
            Verdict verdict,
            List<Long> counts,
            List<Double> expectedShares,
            @Nullable Double chiSquare,
            @Nullable Integer df,
            @Nullable Double pValue,
            @Nullable Double eValue,
            @Nullable Double pSequential,
            boolean isFinal,
            @Nullable String reason)
            implements Check {}

    static Trust of(List<Long> counts, List<Double> shares, boolean isFinal) {
        SampleRatio.Result result = SampleRatio.check(
                counts.stream().mapToLong(Long::longValue).toArray(),
                shares.stream().mapToDouble(Double::doubleValue).toArray(),
                SampleRatio.DEFAULT_CONCENTRATION,
                1,
                isFinal);
        Verdict verdict = result.verdict() == null
                ? Verdict.INVALID
                : Verdict.valueOf(result.verdict().name());
        Check check = new SampleRatioCheck(
                "srm",
                verdict,
                counts,
                shares,
                result.chi2(),
                result.df(),
                result.p(),
                result.e(),
                result.pSequential(),
                isFinal,
                Estimate.name(result.reason()));
        return new Trust(verdict, List.of(check));
    }
}
