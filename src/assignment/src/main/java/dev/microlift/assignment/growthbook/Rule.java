package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled rule of a feature. */
sealed interface Rule {

    /** Features that must have certain values before anything else is looked at. */
    List<Prerequisite> prerequisites();

    /** Bucket spaces in which the unit must be, even if it has a sticky bucket. */
    List<BucketFilter> filters();

    /** Only prerequisites: it decides nothing, but one of them may be a gate. */
    record Gate(List<Prerequisite> prerequisites) implements Rule {
        public Gate {
            prerequisites = List.copyOf(prerequisites);
        }

        @Override
        public List<BucketFilter> filters() {
            return List.of();
        }
    }

    /** A fixed value for those whom it is meant for. */
    record Force(
            String id,
            List<Prerequisite> prerequisites,
            List<BucketFilter> filters,
            Condition condition,
            Optional<Rollout> rollout,
            @Nullable Object value)
            implements Rule {
        public Force {
            prerequisites = List.copyOf(prerequisites);
            filters = List.copyOf(filters);
        }
    }

    /** A randomised value. */
    record Trial(String id, List<Prerequisite> prerequisites, List<BucketFilter> filters, Experiment experiment)
            implements Rule {
        public Trial {
            prerequisites = List.copyOf(prerequisites);
            filters = List.copyOf(filters);
        }
    }
}
