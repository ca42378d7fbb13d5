package dev.microlift.server.report.trust;

/** One check with its evidence. */
public sealed interface Check
        permits SampleRatioCheck,
                CrossoverCheck,
                AssignmentCheck,
                UnexposedCheck,
                EventShareCheck,
                DuplicateCheck,
                PreExposureCheck {

    /** Its name, part of the contract. */
    String check();

    /** Its result. */
    Judgement verdict();
}
