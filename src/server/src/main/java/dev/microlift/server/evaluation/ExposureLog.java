package dev.microlift.server.evaluation;

import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class ExposureLog {
    boolean record(Flag flag, Evaluation evaluation, EvaluationContext context) {
        return false;
    }
}
