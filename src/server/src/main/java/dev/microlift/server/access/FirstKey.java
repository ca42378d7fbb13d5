package dev.microlift.server.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sees to it that somebody can get in: the first start without any key makes the admin's. */
@ApplicationScoped
class FirstKey {

    private static final int MIN_LENGTH = 32;

    private final Keys keys;
    private final Optional<String> chosen;

    FirstKey(Keys keys, @ConfigProperty(name = "microlift.admin-key") Optional<String> chosen) {
        this.keys = keys;
        this.chosen = chosen;
    }

    void make(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent start) {
        if (chosen.isPresent() && chosen.get().length() < MIN_LENGTH) {
            throw new IllegalStateException("MICROLIFT_ADMIN_KEY must have at least " + MIN_LENGTH + " characters");
        }
        keys.createFirst(chosen)
                .filter(made -> chosen.isEmpty())
                .ifPresent(made -> System.out.println("\nYour admin key, shown only this once: " + made.key() + "\n"));
    }
}
