package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of units depend on. Questions that differ only in which of the units they are about, and how they are
 * grouped, share one.
 */
record Definition(
        Scope scope,
        String unitType,
        List<Step> steps,
        FollowUp followUp,
        List<String> segments,
        List<GuardrailMetric> guardrails,
        @Nullable String covariate) {

    static Definition of(Question question) {
        return new Definition(
                question.scope(),
                question.unitType(),
                question.steps(),
                question.followUp(),
                question.detail().segments(),
                question.detail().guardrails(),
                question.detail().covariate());
    }

    /** Names of all events that matter, each once. */
    List<String> names() {
        return Stream.concat(
                        steps.stream().flatMap(step -> step.anyOf().stream()),
                        guardrails.stream().map(GuardrailMetric::match))
                .map(match -> match.event())
                .distinct()
                .toList();
    }
}
