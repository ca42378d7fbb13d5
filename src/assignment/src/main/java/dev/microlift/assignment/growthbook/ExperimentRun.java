package dev.microlift.assignment.growthbook;

/** The answer of an experiment on its own, and what the caller has to record. */
public record ExperimentRun(ExperimentResult result, Effects effects) {}
