package dev.microlift.server.ingest;

import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The imports that run on this node and the last that ended here, in memory: another node or a restart knows nothing of them. */
@ApplicationScoped
class ImportBook {

    private static final int FINISHED_KEPT = 100;

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Clock clock;
    private final Map<String, ImportProgress> imports = new LinkedHashMap<>();

    ImportBook(Clock clock) {
        this.clock = clock;
    }

    /**
     * Opens a page for an import.
     *
     * @param id chosen by the caller; null for one that is made here
     * @throws ProblemException if the id is none, or that of an import that runs
     */
    synchronized ImportProgress begin(@Nullable String id) {
        String chosen = id == null ? UUID.randomUUID().toString() : id;
        if (!ID.matcher(chosen).matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER,
                    "id has 1 to 63 characters: lower-case letters, digits, and after the first also . _ -");
        }
        ImportProgress before = imports.remove(chosen);
        if (before != null && before.isRunning()) {
            imports.put(chosen, before);
            throw new ProblemException(ErrorCode.ALREADY_EXISTS, "an import of this id is running");
        }
        ImportProgress progress = new ImportProgress(chosen, clock.instant());
        imports.put(chosen, progress);
        return progress;
    }

    synchronized void done(ImportProgress progress) {
        progress.end(new ImportStatus.End(ImportStatus.State.DONE, clock.instant(), null));
        forgetTheOldest();
    }

    synchronized void failed(ImportProgress progress, String reason) {
        progress.end(new ImportStatus.End(ImportStatus.State.FAILED, clock.instant(), reason));
        forgetTheOldest();
    }

    private void forgetTheOldest() {
        long tooMany = imports.values().stream().filter(one -> !one.isRunning()).count() - FINISHED_KEPT;
        Iterator<ImportProgress> oldestFirst = imports.values().iterator();
        while (tooMany > 0 && oldestFirst.hasNext()) {
            if (!oldestFirst.next().isRunning()) {
                oldestFirst.remove();
                tooMany--;
            }
        }
    }

    /** The imports that are known, the newest first. Behind one that was forgotten meanwhile there are none: it was the oldest. */
    synchronized Page<ImportStatus> list(Page.Request request) {
        List<ImportProgress> newestFirst = new ArrayList<>(imports.values());
        Collections.reverse(newestFirst);
        List<ImportStatus> behind = newestFirst.stream()
                .map(ImportProgress::status)
                .dropWhile(one -> !request.after().isEmpty() && !one.id().equals(request.after()))
                .skip(request.after().isEmpty() ? 0 : 1)
                .limit(request.limit() + 1L)
                .toList();
        return Page.of(behind, request, ImportStatus::id);
    }

    synchronized ImportStatus get(String id) {
        ImportProgress progress = imports.get(id);
        if (progress == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "no import of this id is known on this node");
        }
        return progress.status();
    }
}
