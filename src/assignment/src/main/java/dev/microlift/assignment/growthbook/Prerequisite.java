package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.Condition;

/**
 * Another feature whose value must fulfil a condition.
 *
 * @param condition on an object whose only member, {@code value}, is the other feature's value
 * @param gate whether the whole feature is off where it fails, rather than only the rule left out
 */
record Prerequisite(String feature, Condition condition, boolean gate) {}
