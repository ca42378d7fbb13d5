package dev.microlift.assignment.growthbook;

import java.util.HashMap;
import java.util.Map;

/**
 * The stored buckets of one unit.
 *
 * @param attributeName the attribute that is randomised
 * @param attributeValue its value as text
 * @param assignments key of the variation for each experiment's key and bucket version, joined by two underscores
 */
public record StickyDocument(String attributeName, String attributeValue, Map<String, String> assignments) {

    public StickyDocument {
        assignments = Map.copyOf(assignments);
    }

    /** Under this key the document is stored. */
    public String key() {
        return key(attributeName, attributeValue);
    }

    /** The key of a unit's document. */
    public static String key(String attributeName, String attributeValue) {
        return attributeName + "||" + attributeValue;
    }

    StickyDocument with(String assignment, String variation) {
        Map<String, String> more = new HashMap<>(assignments);
        more.put(assignment, variation);
        return new StickyDocument(attributeName, attributeValue, more);
    }
}
