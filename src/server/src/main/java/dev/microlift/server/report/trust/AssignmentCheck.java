package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Quality;
import dev.microlift.server.report.study.Shares;
import dev.microlift.server.report.study.Study;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Did units see the variant that the hash gives them?
 *
 * @param reason why nothing was checked; null if something was
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AssignmentCheck(
        String check,
        Judgement verdict,
        List<Mismatches> variants,
        @Nullable String reason) implements Check {

    private static final double SUSPICIOUS = 0.001;
    private static final double WRONG = 0.01;

    /** Units of one variant. */
    public record Mismatches(
            String variant,
            long checked,
            long mismatched,
            @Nullable Double share) {}

    static AssignmentCheck of(Study study, Quality quality, boolean assignedHere) {
        List<Mismatches> variants = IntStream.range(0, quality.arms().size())
                .mapToObj(arm -> {
                    long checked = quality.arms().get(arm).checkedUnits();
                    long mismatched = quality.arms().get(arm).mismatched();
                    return new Mismatches(
                            study.arms().get(arm).variant(), checked, mismatched, Shares.of(mismatched, checked));
                })
                .toList();
        long checked = variants.stream().mapToLong(Mismatches::checked).sum();
        double share = checked == 0
                ? 0
                : (double) variants.stream().mapToLong(Mismatches::mismatched).sum() / checked;
        Judgement verdict = share > WRONG ? Judgement.INVALID : share > SUSPICIOUS ? Judgement.WARN : Judgement.OK;
        String reason = checked > 0 ? null : assignedHere ? "NO_UNITS" : "ASSIGNED_ELSEWHERE";
        return new AssignmentCheck("assignmentMismatch", verdict, variants, reason);
    }
}
