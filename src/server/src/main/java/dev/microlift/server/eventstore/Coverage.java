package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LoggedMessage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which messages of the log stand in sealed files: those of a file's day up to its last position. */
final class Coverage {

    private final Map<LocalDate, Long> lastPositions = new HashMap<>();

    Coverage(List<SealedFile> files) {
        files.forEach(file -> lastPositions.merge(file.day(), file.lastPosition(), Math::max));
    }

    /** The rest of a batch: messages that stand in no file, in pieces that follow each other in the log. */
    List<LogBatch> uncovered(LogBatch batch) {
        List<LogBatch> pieces = new ArrayList<>();
        List<LoggedMessage> piece = new ArrayList<>();
        long position = batch.firstPosition();
        for (LoggedMessage message : batch.messages()) {
            if (isCovered(message, position)) {
                cut(pieces, piece, position);
            } else {
                piece.add(message);
            }
            position++;
        }
        cut(pieces, piece, position);
        return pieces;
    }

    private static void cut(List<LogBatch> pieces, List<LoggedMessage> piece, long next) {
        if (!piece.isEmpty()) {
            pieces.add(new LogBatch(next - piece.size(), List.copyOf(piece)));
            piece.clear();
        }
    }

    private boolean isCovered(LoggedMessage message, long position) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(message.receivedMillis()), ZoneOffset.UTC);
        return position <= lastPositions.getOrDefault(day, 0L);
    }
}
