package dev.microlift.openfeature;

import dev.microlift.assignment.payload.ExposureMemory;
import dev.microlift.assignment.payload.Omission;
import dev.microlift.assignment.payload.Payload;
import dev.microlift.assignment.payload.UnreadablePayloadException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration in the forms that are needed of it. */
final class Configuration {

    /** Larger ones are refused. */
    static final int MOST_BYTES = 16 << 20;

    private final byte[] bytes;
    private final Map<?, ?> features;
    private final Payload payload;
    private final Flags flags;

    private Configuration(byte[] bytes, Map<?, ?> features, Payload payload) {
        this.bytes = bytes;
        this.features = features;
        this.payload = payload;
        this.flags = Flags.of(payload);
    }

    /**
     * Reads a configuration.
     *
     * @param memory which units were exposed before
     * @throws IOException if it is not JSON or no configuration
     */
    static Configuration read(byte[] bytes, ExposureMemory memory) throws IOException {
        try {
            Object json = PlainJson.read(bytes);
            Payload payload = Payload.read(json, new LinearRegex(), memory);
            return new Configuration(bytes, features(json), payload);
        } catch (UnreadablePayloadException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** As it was received. */
    byte[] bytes() {
        return bytes;
    }

    /** Ready to evaluate. */
    Flags flags() {
        return flags;
    }

    /** What could not be understood. */
    List<Omission> omissions() {
        return payload.omissions();
    }

    /** When it changed last; the distant past if it does not say. */
    Instant updated() {
        return payload.updated().orElse(Instant.MIN);
    }

    Set<String> keys() {
        return features.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }

    /** Keys of the features that are not the same in another configuration. */
    Set<String> differencesTo(Configuration other) {
        Set<String> changed = new HashSet<>();
        features.forEach((key, feature) -> {
            if (!Objects.equals(feature, other.features.get(key))) {
                changed.add(String.valueOf(key));
            }
        });
        other.features.keySet().stream()
                .filter(key -> !features.containsKey(key))
                .forEach(key -> changed.add(String.valueOf(key)));
        return changed;
    }

    /** The features as plain values, to tell what changed. */
    private static Map<?, ?> features(@Nullable Object json) {
        return json instanceof Map<?, ?> payload && payload.get("features") instanceof Map<?, ?> features
                ? features
                : Map.of();
    }
}
