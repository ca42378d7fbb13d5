package dev.microlift.assignment.growthbook;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment and what it gave the unit.
 *
 * @param experimentKey the experiment's key
 * @param experiment its published fields
 */
public record Exposure(String experimentKey, Map<String, @Nullable Object> experiment, ExperimentResult result) {}
