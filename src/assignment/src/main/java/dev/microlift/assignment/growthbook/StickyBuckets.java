package dev.microlift.assignment.growthbook;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stored buckets that keep units in the variation they once got. Where they are stored is the caller's business: it loads
 * those of {@link Features#stickyKeys}, and stores what an evaluation changed.
 *
 * @param documents the documents by their keys
 */
public record StickyBuckets(Map<String, StickyDocument> documents) {

    public StickyBuckets {
        documents = Map.copyOf(documents);
    }

    /** No bucket is stored yet. */
    public static StickyBuckets empty() {
        return new StickyBuckets(Map.of());
    }

    /** Stored documents; the later one of two under the same key counts. */
    public static StickyBuckets of(Collection<StickyDocument> documents) {
        return empty().with(documents);
    }

    /** With what an evaluation changed, for the next one. */
    public StickyBuckets with(Collection<StickyDocument> changed) {
        return new StickyBuckets(Stream.concat(documents.values().stream(), changed.stream())
                .collect(Collectors.toMap(StickyDocument::key, document -> document, (before, after) -> after)));
    }

    Optional<StickyDocument> find(Unit unit) {
        return Optional.ofNullable(documents.get(StickyDocument.key(unit.attribute(), unit.text())));
    }
}
