package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * Erases messages from files of the log that nothing is written to any more. A file is written anew beside its place,
 * synced, and moved there, so that a process that ends on the way leaves the one or the other, whole.
 *
 * <p>What is erased keeps its length: every other message keeps its position and its place in the file, and whoever reads
 * the old file goes on in it undisturbed. Damaged places are not carried over, for nobody knows whose they are.
 */
final class LogEraser {

    private final SegmentFolder folder;
    private final Selection doomed;
    private final Fingerprint fingerprint = new Fingerprint();
    private final FingerprintList found = new FingerprintList();

    LogEraser(SegmentFolder folder, Selection doomed) {
        this.folder = folder;
        this.doomed = doomed;
    }

    /** The ids of what is to be erased, of all files that were searched. */
    FingerprintList found() {
        return found;
    }

    /** Searches a file; true if it has to be written anew. */
    boolean search(SegmentFolder.Segment segment) throws IOException {
        int before = found.size();
        boolean isDamaged = false;
        try (SegmentReader reader = new SegmentReader(segment)) {
            long end = 0;
            for (Frame frame = reader.nextWhole(); frame != null; frame = reader.nextWhole()) {
                isDamaged |= reader.offset() - frame.bytes() > end;
                end = reader.offset();
                frame.messages().stream().filter(this::isDoomed).forEach(this::note);
            }
            return isDamaged || found.size() > before || reader.tornBytes() > 0;
        }
    }

    private void note(LoggedMessage message) {
        fingerprint.take(message.messageId());
        found.add(fingerprint.high(), fingerprint.low());
    }

    /** Erases from a file. */
    void erase(SegmentFolder.Segment segment) throws IOException {
        try (SegmentReader reader = new SegmentReader(segment);
                FileChannel rewritten = FileChannel.open(
                        folder.rewritten(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (Frame frame = reader.nextWhole(); frame != null; frame = reader.nextWhole()) {
                frame.messages().stream().filter(this::isDoomed).forEach(LoggedMessage::erase);
                write(rewritten, frame.encoded(), reader.offset() - frame.bytes());
            }
        }
        folder.replace(segment);
    }

    private boolean isDoomed(LoggedMessage message) {
        return !message.isErased() && doomed.holds(message);
    }

    private static void write(FileChannel file, ByteBuffer frame, long offset) throws IOException {
        for (long at = offset; frame.hasRemaining(); ) {
            at += file.write(frame, at);
        }
    }
}
