package dev.microlift.server.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whoever holds a valid key. */
public record KeyHolder(
        String keyId,
        Role role,
        Set<String> origins,
        @Nullable Instant expiresAt) {

    public KeyHolder {
        origins = Set.copyOf(origins);
    }

    boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** True if the key works for pages of this origin; requests without one come from elsewhere than browsers. */
    public boolean allowsOrigin(Optional<String> origin) {
        return origins.isEmpty() || origin.isEmpty() || origins.contains(origin.get());
    }
}
