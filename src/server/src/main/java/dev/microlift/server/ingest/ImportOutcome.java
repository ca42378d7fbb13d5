package dev.microlift.server.ingest;

import java.util.List;

/**
 * What became of an import's lines.
 *
 * @param id what the import is called under /api/v1/imports
 * @param accepted how many messages are stored now
 * @param duplicates how many were stored before, by their id
 * @param rejected how many lines were not taken
 * @param rejects the first of them
 */
public record ImportOutcome(String id, long accepted, long duplicates, long rejected, List<Reject> rejects) {

    public ImportOutcome {
        rejects = List.copyOf(rejects);
    }

    /**
     * A line that was not taken.
     *
     * @param line its number, from 1
     * @param code stable kebab-case kind of mistake
     */
    public record Reject(long line, String code, String detail) {}
}
