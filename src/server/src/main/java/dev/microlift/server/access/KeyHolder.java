package dev.microlift.server.access;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever holds a valid key.
 *
 * @param name what the key is called, for people
 * @param hidesRules whether the rules of experiments are kept from this holder
 */
public record KeyHolder(
        String keyId,
        String name,
        Role role,
        Set<String> origins,
        boolean hidesRules,
        @Nullable Instant expiresAt) {

    public KeyHolder {
        origins = Set.copyOf(origins);
    }

    boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** True if the key works for pages of this origin; requests without one come from elsewhere than browsers. */
    boolean allowsOrigin(Optional<String> origin) {
        return origins.isEmpty() || origin.isEmpty() || origins.contains(origin.get());
    }

    /**
     * Refuses pages that the key is not for.
     *
     * @throws ProblemException if the key does not work from this origin
     */
    public void requireOrigin(Optional<String> origin) {
        if (!allowsOrigin(origin)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "the key does not work from this origin");
        }
    }
}
