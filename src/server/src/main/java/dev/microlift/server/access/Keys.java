package dev.microlift.server.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, lists, replaces and revokes keys. */
@ApplicationScoped
public class Keys {

    private final ConfigurationChanges changes;
    private final ObjectMapper json;
    private final Clock clock;

    Keys(ConfigurationChanges changes, ObjectMapper json, Clock clock) {
        this.changes = changes;
        this.json = json;
        this.clock = clock;
    }

    /** What a key is wanted for. */
    record Wanted(
            String name,
            Role role,
            List<String> origins,
            boolean hideRules,
            @Nullable Instant expiresAt) {}

    ApiKey create(Wanted wanted) {
        String id = KeyText.newId();
        return changes.apply("create", key(id), () -> persist(id, wanted, Optional.empty()));
    }

    /** Makes the first admin key, if there is no key at all yet. */
    Optional<ApiKey> createFirst(Optional<String> chosen) {
        if (count() > 0) {
            return Optional.empty();
        }
        String id = KeyText.newId();
        return changes.apply(
                "create",
                key(id),
                () -> ApiKeyEntity.count() > 0
                        ? Optional.empty()
                        : Optional.of(persist(
                                id, new Wanted("first admin key", Role.ADMIN, List.of(), false, null), chosen)));
    }

    @Transactional
    long count() {
        return ApiKeyEntity.count();
    }

    Page<ApiKey> list(Page.Request request) {
        List<ApiKeyEntity> found = ApiKeyEntity.<ApiKeyEntity>find("id > ?1", Sort.by("id"), request.after())
                .page(0, request.limit() + 1)
                .list();
        return Page.of(found.stream().map(key -> ApiKey.of(key, null)).toList(), request, ApiKey::id);
    }

    ApiKey get(String id) {
        return ApiKey.of(entity(id), null);
    }

    /** Ends a key now. Revoking twice is the same as once. */
    ApiKey revoke(String id) {
        return changes.apply("delete", key(id), () -> {
            ApiKeyEntity key = entity(id);
            if (key.revokedAt == null) {
                refuseLastAdmin(key);
                key.revokedAt = clock.instant();
            }
            return ApiKey.of(key, null);
        });
    }

    /** Makes a key that takes the place of another; the old one works on for the overlap. */
    ApiKey rotate(String id, Duration overlap) {
        String successorId = KeyText.newId();
        return changes.apply("rotate", key(id), () -> {
            ApiKeyEntity old = entity(id);
            Instant now = clock.instant();
            if (!old.isUsableAt(now)) {
                throw new ProblemException(ErrorCode.STATE_CONFLICT, "the key is revoked or expired already");
            }
            if (old.replacedBy != null) {
                throw new ProblemException(
                        ErrorCode.STATE_CONFLICT, "the key is replaced already, by the key " + old.replacedBy);
            }
            Wanted same = new Wanted(old.name, old.role, List.copyOf(old.origins), old.hideRules, old.expiresAt);
            ApiKey successor =
                    changes.include("create", key(successorId), () -> persist(successorId, same, Optional.empty()));
            old.replacedBy = successorId;
            if (overlap.isZero()) {
                old.revokedAt = now;
            } else if (old.expiresAt == null || old.expiresAt.isAfter(now.plus(overlap))) {
                old.expiresAt = now.plus(overlap);
            }
            return successor;
        });
    }

    private Configured key(String id) {
        return new Configured(
                "key",
                id,
                () -> ApiKeyEntity.<ApiKeyEntity>findByIdOptional(id)
                        .map(key -> json.valueToTree(ApiKey.of(key, null))));
    }

    private ApiKey persist(String id, Wanted wanted, Optional<String> chosen) {
        ApiKeyEntity key = new ApiKeyEntity();
        key.id = id;
        key.name = wanted.name();
        key.role = wanted.role();
        String text = chosen.orElseGet(() -> KeyText.compose(wanted.role(), key.id));
        key.hash = KeyText.hash(text);
        key.origins = List.copyOf(wanted.origins());
        key.hideRules = wanted.hideRules();
        key.createdAt = clock.instant();
        key.expiresAt = wanted.expiresAt();
        key.persist();
        return ApiKey.of(key, text);
    }

    /** Without an admin key nobody could ever make one again. */
    private void refuseLastAdmin(ApiKeyEntity key) {
        Instant now = clock.instant();
        boolean another = ApiKeyEntity.<ApiKeyEntity>list("role = ?1 and id <> ?2", Role.ADMIN, key.id).stream()
                .anyMatch(other -> other.isUsableAt(now) && other.expiresAt == null);
        if (key.role == Role.ADMIN && !another) {
            throw new ProblemException(
                    ErrorCode.STATE_CONFLICT, "this is the last admin key; make another before revoking it");
        }
    }

    private static ApiKeyEntity entity(String id) {
        return ApiKeyEntity.<ApiKeyEntity>findByIdOptional(id)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no key with this id"));
    }
}
