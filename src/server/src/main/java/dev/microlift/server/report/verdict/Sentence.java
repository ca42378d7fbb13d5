package dev.microlift.server.report.verdict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One reason of a verdict, for programs and for people.
 *
 * @param code stable, part of the contract
 * @param figures what it rests on, by name
 * @param text the same in words
 */
public record Sentence(String code, Map<String, Object> figures, String text) {

    public Sentence {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** A sentence without figures. */
    static Sentence of(String code, String text) {
        return new Sentence(code, Map.of(), text);
    }

    /** A sentence about a variant. */
    static Sentence about(String code, String variant, Map<String, Object> more, String text) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("variant", variant);
        figures.putAll(more);
        return new Sentence(code, figures, text);
    }
}
