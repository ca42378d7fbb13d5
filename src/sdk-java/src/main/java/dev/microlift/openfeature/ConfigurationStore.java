package dev.microlift.openfeature;

import dev.microlift.assignment.payload.ExposureMemory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in use: the last good one, whatever happened since. It is replaced as a whole, so that nobody who
 * evaluates waits.
 */
final class ConfigurationStore {

    private static final System.Logger LOG = System.getLogger(ConfigurationStore.class.getName());

    private final ExposureMemory memory;
    private final Optional<CacheFile> cache;
    private final Optional<String> bootstrap;
    private final List<ConfigurationListener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Configuration current;
    /** Of the configuration in use. */
    private volatile @Nullable Flags flags;

    private volatile boolean fresh;
    private volatile String lastFailure = "the server has not answered yet";

    /** @param memory which units were exposed before */
    ConfigurationStore(MicroliftOptions options, ExposureMemory memory) {
        this.memory = memory;
        this.cache = options.cacheFile().map(CacheFile::new);
        this.bootstrap = options.bootstrap();
    }

    void listen(ConfigurationListener listener) {
        listeners.add(listener);
    }

    /** What the configuration in use has to evaluate; null before there is one. */
    @Nullable
    Flags flags() {
        return flags;
    }

    /** Whether the server has confirmed the configuration lately. */
    boolean isFresh() {
        return fresh;
    }

    /** Why the last attempt to get a configuration failed. */
    String lastFailure() {
        return lastFailure;
    }

    /** Uses, if there is no configuration, the bootstrap or the one on disk, whichever is younger. */
    void useKept() {
        if (current != null) {
            return;
        }
        Optional<Configuration> kept = Stream.of(
                        cache.flatMap(file -> file.read(memory)), bootstrap.flatMap(this::readBootstrap))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Configuration::updated));
        synchronized (this) {
            if (current == null && kept.isPresent()) {
                use(kept.get());
                logOmissions(kept.get());
            }
        }
    }

    /**
     * Uses what the server has sent.
     *
     * @throws IOException if it is not JSON or no configuration
     */
    void replace(byte[] bytes) throws IOException {
        Configuration next = Configuration.read(bytes, memory);
        Set<String> changed;
        synchronized (this) {
            Configuration before = current;
            changed = new TreeSet<>(before == null ? next.keys() : next.differencesTo(before));
            use(next);
        }
        cache.ifPresent(file -> file.write(next.bytes()));
        if (!changed.isEmpty()) {
            logOmissions(next);
        }
        confirm();
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.onChange(changed));
        }
    }

    private void use(Configuration configuration) {
        current = configuration;
        flags = configuration.flags();
    }

    /** The server says that the configuration in use is still the one. */
    void confirm() {
        if (!fresh) {
            fresh = true;
            listeners.forEach(ConfigurationListener::onFresh);
        }
    }

    /** An attempt to get a configuration failed. */
    void fail(String reason) {
        lastFailure = reason;
        LOG.log(Level.DEBUG, "no new configuration: {0}", reason);
        if (current == null) {
            listeners.forEach(listener -> listener.onMissing(reason));
        } else if (!fresh) {
            listeners.forEach(listener -> listener.onStale(reason));
        }
    }

    /** The configuration was not confirmed for too long. */
    void expire() {
        fresh = false;
        listeners.forEach(listener -> listener.onStale(lastFailure));
    }

    private Optional<Configuration> readBootstrap(String text) {
        try {
            return Optional.of(Configuration.read(text.getBytes(StandardCharsets.UTF_8), memory));
        } catch (IOException unusable) {
            LOG.log(Level.WARNING, "the bootstrap configuration cannot be used: {0}", unusable.getMessage());
            return Optional.empty();
        }
    }

    private static void logOmissions(Configuration configuration) {
        configuration
                .omissions()
                .forEach(omission -> LOG.log(Level.WARNING, "left out of the configuration: {0}", omission));
    }
}
