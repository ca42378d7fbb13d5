package dev.microlift.server.stream;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.KeyRing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Lets readers in that can send no headers: an address gets into logs, so no key may stand in it. The secret is in the
 * configuration's database, so that every node knows what another one has issued.
 */
@ApplicationScoped
public class StreamTokens {

    private final EntityManager database;
    private final KeyRing keys;
    private final Clock clock;
    private volatile @Nullable SecretKey secret;

    StreamTokens(EntityManager database, KeyRing keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    void readSecret(@Observes StartupEvent start) {
        secret = StreamToken.secret(QuarkusTransaction.requiringNew()
                .call(() -> (String) database.createNativeQuery("select secret from signing_secret", String.class)
                        .getSingleResult()));
    }

    /** A token for the holder of a key, good for one to two hours. */
    public String issue(String keyId) {
        return StreamToken.issue(secret(), keyId, clock.instant());
    }

    /** For whom a token was issued, unless it is forged or expired, or the key has come to its end. */
    public Optional<KeyHolder> holder(String token) {
        return StreamToken.keyId(secret(), token, clock.instant()).flatMap(keys::findById);
    }

    private SecretKey secret() {
        return Objects.requireNonNull(secret, "the server has not started yet");
    }
}
