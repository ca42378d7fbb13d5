package dev.microlift.server.evaluation;

import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The answers of one flag. There are few different ones, so each is written once and then only copied. */
final class FlagAnswers {

    private static final Logger LOG = Logger.getLogger(FlagAnswers.class);

    private final Flag flag;
    private final Map<Evaluation, FlagAnswer> answers = new ConcurrentHashMap<>();
    private final Map<Evaluation, FlagAnswer> loggedAnswers = new ConcurrentHashMap<>();

    FlagAnswers(Flag flag) {
        this.flag = flag;
    }

    FlagAnswer of(Evaluation evaluation) {
        return get(answers, evaluation, false);
    }

    /** The answer that says that the exposure was recorded. */
    FlagAnswer withExposureLogged(Evaluation evaluation) {
        return get(loggedAnswers, evaluation, true);
    }

    private FlagAnswer get(Map<Evaluation, FlagAnswer> written, Evaluation evaluation, boolean exposureLogged) {
        FlagAnswer known = written.get(evaluation);
        return known != null
                ? known
                : written.computeIfAbsent(evaluation, other -> FlagAnswer.of(flag, other, exposureLogged));
    }

    /** The answer among many: a flag that cannot be evaluated must not take the others with it. */
    FlagAnswer amongOthers(EvaluationContext context) {
        try {
            return of(flag.evaluate(context));
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "the flag %s cannot be evaluated", flag.key());
            return FlagAnswer.failure(flag.key(), "GENERAL", "the flag cannot be evaluated");
        }
    }
}
