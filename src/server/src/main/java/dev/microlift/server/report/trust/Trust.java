package dev.microlift.server.report.trust;

import dev.microlift.server.analysis.Answer;
import dev.microlift.server.report.study.Study;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the data can be believed: without trust there is no verdict.
 *
 * @param verdict the worst of the checks
 */
public record Trust(Judgement verdict, List<Check> checks) {

    public Trust {
        checks = List.copyOf(checks);
    }

    /**
     * Whose data are judged.
     *
     * @param isFinal whether the experiment has ended, so that p-values may judge
     * @param everybodyTakesPart false if traffic, targeting, an entry step, a layer or a holdout keeps units out on purpose
     * @param assignedHere false if another tool assigns
     */
    public record Circumstances(boolean isFinal, boolean everybodyTakesPart, boolean assignedHere) {}

    /** Checks everything there is to check. */
    public static Trust of(Study study, Answer answer, Circumstances circumstances) {
        List<Check> checks = new ArrayList<>();
        checks.add(SampleRatioCheck.of(study, answer, circumstances.isFinal()));
        checks.add(CrossoverCheck.of(study, answer.units(), circumstances.isFinal()));
        checks.add(AssignmentCheck.of(study, answer.quality(), circumstances.assignedHere()));
        checks.add(UnexposedCheck.of(answer, circumstances.everybodyTakesPart()));
        for (EventShareCheck.Flaw flaw : EventShareCheck.Flaw.values()) {
            checks.add(EventShareCheck.of(flaw, study, answer.quality()));
        }
        checks.add(DuplicateCheck.UNKNOWN);
        checks.add(PreExposureCheck.of(study, circumstances.isFinal()));
        return new Trust(Judgement.worst(checks.stream().map(Check::verdict).toList()), checks);
    }

    /** Whether figures may be judged at all. */
    public boolean isValid() {
        return verdict != Judgement.INVALID;
    }
}
