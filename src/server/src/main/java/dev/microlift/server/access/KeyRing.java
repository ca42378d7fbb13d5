package dev.microlift.server.access;

import dev.microlift.server.configuration.ConfigurationChanged;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every usable key, by its hash. */
@ApplicationScoped
public class KeyRing {

    private final Clock clock;
    private volatile Map<String, KeyHolder> holders = Map.of();

    KeyRing(Clock clock) {
        this.clock = clock;
    }

    void read(@Observes ConfigurationChanged change) {
        holders = QuarkusTransaction.requiringNew()
                .call(() -> ApiKeyEntity.<ApiKeyEntity>list("revokedAt is null").stream()
                        .collect(Collectors.toUnmodifiableMap(
                                key -> key.hash,
                                key -> new KeyHolder(key.id, key.role, Set.copyOf(key.origins), key.expiresAt))));
    }

    /** Who presents this key, unless it is unknown, expired or revoked. */
    public Optional<KeyHolder> find(String key) {
        return Optional.ofNullable(holders.get(KeyText.hash(key))).filter(holder -> holder.isValidAt(clock.instant()));
    }
}
