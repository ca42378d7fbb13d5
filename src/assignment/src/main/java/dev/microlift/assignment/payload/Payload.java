package dev.microlift.assignment.payload;

import dev.microlift.assignment.RegexEngine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read.
 *
 * @param features the experiments that can be evaluated, by key, in the payload's order
 * @param foreign what was not made by this server, but can be evaluated all the same
 * @param omissions what was left out, and why; a faulty feature never costs the others
 * @param updated when the configuration changed last, if it says so
 */
public record Payload(
        Map<String, Feature> features, ForeignFeatures foreign, List<Omission> omissions, Optional<Instant> updated) {

    private static final int OK = 200;

    public Payload {
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        omissions = List.copyOf(omissions);
    }

    /**
     * Reads a payload.
     *
     * @param json plain maps, lists, texts, numbers, truth values and nulls
     * @param memory which units were exposed before
     * @throws UnreadablePayloadException if it is no payload
     */
    public static Payload read(@Nullable Object json, RegexEngine regex, ExposureMemory memory)
            throws UnreadablePayloadException {
        if (!(json instanceof Map<?, ?> payload)) {
            throw new UnreadablePayloadException("the configuration is no object");
        }
        if (payload.get("status") instanceof Number status && status.intValue() != OK) {
            throw new UnreadablePayloadException("the configuration has the status " + status);
        }
        if (!(payload.get("features") instanceof Map<?, ?> members)) {
            throw new UnreadablePayloadException("the configuration has no object of features");
        }
        FeatureReader reader = new FeatureReader(regex, memory);
        Map<String, Feature> features = new LinkedHashMap<>();
        Set<String> others = new LinkedHashSet<>();
        List<Omission> omissions = new ArrayList<>();
        members.forEach((name, feature) -> {
            String key = String.valueOf(name);
            if (FeatureReader.isForeign(feature)) {
                others.add(key);
                return;
            }
            try {
                features.put(key, reader.read(key, feature));
            } catch (FeatureFault fault) {
                omissions.add(fault.omission(key));
            }
        });
        ForeignFeatures foreign = ForeignFeatures.read(payload, others, regex);
        foreign.all().faults().stream()
                .filter(fault -> others.contains(fault.feature()))
                .forEach(fault -> omissions.add(new Omission(fault.feature(), fault.pointer(), fault.message())));
        return new Payload(features, foreign, omissions, moment(payload.get("dateUpdated")));
    }

    private static Optional<Instant> moment(@Nullable Object text) {
        if (!(text instanceof String written)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(written));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
