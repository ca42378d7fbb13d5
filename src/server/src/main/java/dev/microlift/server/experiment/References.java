package dev.microlift.server.experiment;

import dev.microlift.server.document.Fields;
import java.util.List;
import java.util.Optional;

/** Whether what an experiment's definition refers to exists and fits. */
interface References {

    /** For definitions that were checked when they were stored. */
    References TRUSTED = new References() {
        @Override
        public boolean isJourney(String key) {
            return true;
        }

        @Override
        public Optional<Misfit> layer(String key, String unitType) {
            return Optional.empty();
        }

        @Override
        public Optional<Misfit> entryStep(String step, List<String> journeys) {
            return Optional.empty();
        }
    };

    /** What is wrong with a reference, and in which field. */
    record Misfit(String field, String code, String detail) {
        void noteIn(Fields fields) {
            fields.fault(field, code, detail);
        }
    }

    boolean isJourney(String key);

    /** What is wrong with a layer for experiments on a unit type. */
    Optional<Misfit> layer(String key, String unitType);

    /** What is wrong with a step as the way into an experiment on these journeys. */
    Optional<Misfit> entryStep(String step, List<String> journeys);
}
