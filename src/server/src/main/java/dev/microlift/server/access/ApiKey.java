package dev.microlift.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is shown: everything but the secret.
 *
 * @param key the whole key; only in the answer that made it
 * @param origins browser origins a client key works from; empty for any
 * @param hideRules whether a client key opens evaluation only, not the SDK configuration with its rules
 * @param lastUsedAt when it let somebody in last, to the minute
 * @param replacedBy the id of the key that took its place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
        String id,
        String name,
        Role role,
        @Nullable String key,
        List<String> origins,
        boolean hideRules,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String replacedBy) {

    static ApiKey of(ApiKeyEntity entity, @Nullable String key) {
        return new ApiKey(
                entity.id,
                entity.name,
                entity.role,
                key,
                List.copyOf(entity.origins),
                entity.hideRules,
                entity.createdAt,
                entity.expiresAt,
                entity.revokedAt,
                entity.lastUsedAt,
                entity.replacedBy);
    }
}
