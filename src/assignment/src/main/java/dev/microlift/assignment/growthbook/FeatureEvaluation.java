package dev.microlift.assignment.growthbook;

/** A feature's answer, and what the caller has to record. */
public record FeatureEvaluation(FeatureResult result, Effects effects) {}
