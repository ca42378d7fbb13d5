package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What several callers appended, to be written and synced together.
 *
 * @param receipts what becomes of each caller's messages once the fresh ones are durable
 * @param fresh the messages to write, in the order of the callers
 */
record Group(List<List<Receipt>> receipts, List<Run> fresh) {

    /** About how large a frame grows; it is what a damaged place on the disk can cost. */
    private static final int FRAME_BYTES = 128 << 10;

    /** Messages of one caller that follow each other, up to but without a last one. */
    record Run(EncodedMessages messages, int from, int until) {

        int count() {
            return until - from;
        }

        int bytes() {
            return messages.size(from, until);
        }
    }

    /** Finds out which messages are new, the first of an id in the order of the callers, and claims their ids. */
    static Group of(List<AppendQueue.Entry> entries, MessageIds ids) throws IOException {
        List<Run> fresh = new ArrayList<>(entries.size());
        List<List<Receipt>> receipts = new ArrayList<>(entries.size());
        for (AppendQueue.Entry entry : entries) {
            receipts.add(sort(entry.messages(), ids, fresh));
        }
        return new Group(receipts, fresh);
    }

    private static List<Receipt> sort(EncodedMessages messages, MessageIds ids, List<Run> fresh) throws IOException {
        int count = messages.count();
        Receipt[] receipts = new Receipt[count];
        for (int i = 0; i < count; i++) {
            ids.fetch(messages.high(i), messages.low(i));
        }
        int from = 0;
        for (int i = 0; i < count; i++) {
            long known = ids.claim(messages.high(i), messages.low(i), messages.content(i));
            if (known == IdTable.ABSENT) {
                receipts[i] = Receipt.STORED;
            } else {
                receipts[i] = known == messages.content(i) ? Receipt.DUPLICATE : Receipt.CONFLICT;
                addRun(fresh, messages, from, i);
                from = i + 1;
            }
        }
        addRun(fresh, messages, from, count);
        return from == 0 ? Collections.nCopies(count, Receipt.STORED) : Arrays.asList(receipts);
    }

    private static void addRun(List<Run> fresh, EncodedMessages messages, int from, int until) {
        if (from < until) {
            fresh.add(new Run(messages, from, until));
        }
    }

    /** How many messages are to be written. */
    int count() {
        return fresh.stream().mapToInt(Run::count).sum();
    }

    /** Gives the ids of the fresh messages back, when they did not come into the log. */
    void forget(MessageIds ids) {
        for (Run run : fresh) {
            for (int i = run.from(); i < run.until(); i++) {
                ids.forget(run.messages().high(i), run.messages().low(i));
            }
        }
    }

    /** How many bytes the frames take at most. */
    int bytes() {
        int bytes = fresh.stream().mapToInt(Run::bytes).sum();
        return bytes + Frame.HEADER_BYTES * (1 + bytes / FRAME_BYTES);
    }

    /** Writes the frames that hold the fresh messages, the first at this position. */
    void write(ByteBuffer out, long firstPosition) {
        Frame.Writer frame = new Frame.Writer(out, firstPosition);
        for (Run run : fresh) {
            for (int from = run.from(); from < run.until(); ) {
                int until = from + 1;
                int room = FRAME_BYTES - frame.bytes();
                while (until < run.until() && run.messages().size(from, until) < room) {
                    until++;
                }
                frame.put(run.messages(), from, until);
                from = until;
                if (frame.bytes() >= FRAME_BYTES) {
                    frame.finish();
                }
            }
        }
        frame.finish();
    }
}
