/**
 * Evaluates features of payloads in the published GrowthBook format by the semantics of its SDK specification.
 *
 * <p>Microlift's own experiments take the allocation-free path of {@link dev.microlift.assignment.Evaluator}. This package
 * exists beside it for whoever holds a payload rather than an experiment: remote evaluation, and an SDK that is given
 * features which Microlift did not make. Such payloads may use what Microlift's never do: hash version 1, namespaces,
 * rollouts, prerequisites, sticky buckets.
 *
 * <p>A payload is compiled once by {@link dev.microlift.assignment.growthbook.Features} and evaluated often. It comes from
 * elsewhere and attributes from anybody, so nothing here throws because of them: a rule that makes no sense is left out
 * and reported as a {@link dev.microlift.assignment.growthbook.PayloadFault}.
 */
@NullMarked
package dev.microlift.assignment.growthbook;

import org.jspecify.annotations.NullMarked;
