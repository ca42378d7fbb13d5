package dev.microlift.server.access;

import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.limit.RequestLimits;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every usable key, by its hash. */
@ApplicationScoped
public class KeyRing {

    private final RequestLimits limits;
    private final KeyUse use;
    private final Clock clock;
    private volatile Map<String, KeyHolder> byHash = Map.of();
    private volatile Map<String, KeyHolder> byId = Map.of();

    KeyRing(RequestLimits limits, KeyUse use, Clock clock) {
        this.limits = limits;
        this.use = use;
        this.clock = clock;
    }

    void read(@Observes ConfigurationChanged change) {
        byHash = QuarkusTransaction.requiringNew()
                .call(() -> ApiKeyEntity.<ApiKeyEntity>list("revokedAt is null").stream()
                        .collect(Collectors.toUnmodifiableMap(key -> key.hash, KeyRing::holder)));
        byId = byHash.values().stream().collect(Collectors.toUnmodifiableMap(KeyHolder::keyId, Function.identity()));
    }

    private static KeyHolder holder(ApiKeyEntity key) {
        return new KeyHolder(key.id, key.name, key.role, Set.copyOf(key.origins), key.hideRules, key.expiresAt);
    }

    /** Who presents this key, unless it is unknown, expired or revoked. */
    public Optional<KeyHolder> find(String key) {
        return usable(byHash.get(KeyText.hash(key)));
    }

    /** Who holds the key with this public id, unless it is unknown, expired or revoked. */
    public Optional<KeyHolder> findById(String keyId) {
        return usable(byId.get(keyId));
    }

    /**
     * Lets a request in by its key, and counts it.
     *
     * @param request that presents it, if it is known
     * @throws ProblemException if the key is unknown, expired or revoked, or more comes with it or from its address than is
     *     allowed
     */
    KeyHolder enter(String key, Optional<HttpServerRequest> request) {
        Optional<KeyHolder> found = find(key);
        if (found.isEmpty()) {
            throw limits.failedLogin(
                    request,
                    KeyText.isDamaged(key)
                            ? "the key was cut or mistyped: its checksum is wrong"
                            : "a valid key is required");
        }
        KeyHolder holder = found.get();
        limits.count(holder.keyId());
        use.note(holder.keyId());
        return holder;
    }

    /**
     * Lets a key in that stands elsewhere than in the headers.
     *
     * @param permission what it must allow, one of {@link Permission}
     * @param origin of the page that asks, if a page asks
     * @throws ProblemException if the key is unknown, or may not do this from there
     */
    public KeyHolder admit(String key, String permission, Optional<String> origin) {
        KeyHolder holder = enter(key, limits.current());
        if (!holder.role().permissions().contains(permission)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "the key's role does not allow this");
        }
        holder.requireOrigin(origin);
        return holder;
    }

    private Optional<KeyHolder> usable(@Nullable KeyHolder holder) {
        return Optional.ofNullable(holder).filter(known -> known.isValidAt(clock.instant()));
    }
}
