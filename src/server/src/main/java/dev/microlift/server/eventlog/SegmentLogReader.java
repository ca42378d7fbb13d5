package dev.microlift.server.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log through its files, up to what is durable. Messages that cannot be read any more are passed over and
 * counted: what is lost is said, never guessed.
 */
final class SegmentLogReader implements LogReader {

    private static final Logger LOG = Logger.getLogger(SegmentLogReader.class);

    /** Messages may be large: about as much is held in memory at once, however many were asked for. */
    private static final long MOST_BYTES = 24L << 20;

    private final SegmentFolder folder;
    private final LogPosition end;
    private final LongAdder lost;
    private final BatchMemory memory = new BatchMemory(MOST_BYTES);
    private long position;
    private @Nullable OpenFile open;

    /**
     * One file of the log.
     *
     * @param takenOverAt where the next file takes over: what this one holds from there on was taken back
     */
    private record OpenFile(long firstPosition, SegmentReader frames, long takenOverAt) {}

    /**
     * @param position the position before the first one to read
     * @param lost counts the messages that are passed over
     */
    SegmentLogReader(SegmentFolder folder, LogPosition end, LongAdder lost, long position) {
        this.folder = folder;
        this.end = end;
        this.lost = lost;
        this.position = position;
    }

    @Override
    public LogBatch next(int atMost, Duration wait) throws InterruptedException {
        end.await(position + 1, wait);
        long durable = end.now();
        try {
            return durable > position ? read(atMost, durable) : new LogBatch(position + 1, List.of());
        } catch (IOException failure) {
            throw new UncheckedIOException("the log cannot be read", failure);
        }
    }

    private LogBatch read(int atMost, long durable) throws IOException {
        memory.takeBack();
        Frame frame = unreadFrame(durable);
        passOver(frame == null ? durable : frame.firstPosition() - 1);
        long first = position + 1;
        FrameMessages messages = new FrameMessages();
        long bytes = 0;
        while (frame != null) {
            messages.add(frame, (int) (position + 1 - frame.firstPosition()));
            position = frame.lastPosition();
            bytes += frame.bytes();
            boolean mayGrow = messages.size() < atMost && bytes < MOST_BYTES && position < durable;
            frame = mayGrow ? unreadFrame(durable) : null;
            if (frame != null && frame.firstPosition() > position + 1) {
                // A batch has no gaps: this one begins the next.
                Objects.requireNonNull(open).frames.stepBack(frame);
                frame = null;
            }
        }
        return new LogBatch(first, messages);
    }

    private void passOver(long upTo) {
        if (upTo > position) {
            lost.add(upTo - position);
            LOG.errorf("the log lost %d messages, those from %d to %d", upTo - position, position + 1, upTo);
            position = upTo;
        }
    }

    /** The next frame with something unread in it, in whichever file it stands; null if none is left. */
    private @Nullable Frame unreadFrame(long durable) throws IOException {
        OpenFile file = open != null ? open : open(folder.segmentOf(position + 1), position);
        while (file != null) {
            Frame frame = file.frames.nextWhole();
            if (frame == null || frame.firstPosition() >= file.takenOverAt) {
                file = open(Optional.empty(), file.firstPosition);
            } else if (frame.firstPosition() > durable) {
                file.frames.stepBack(frame);
                return null;
            } else if (frame.lastPosition() > position) {
                return frame;
            }
        }
        return null;
    }

    /** Opens a file, or else the first one that begins after a position; leaves all as it is if there is none. */
    private @Nullable OpenFile open(Optional<SegmentFolder.Segment> wanted, long otherwiseAfter) throws IOException {
        Optional<SegmentFolder.Segment> found = wanted.isPresent() ? wanted : folder.segmentAfter(otherwiseAfter);
        if (found.isEmpty()) {
            return null;
        }
        SegmentFolder.Segment segment = found.get();
        SegmentReader frames = new SegmentReader(segment, memory::take);
        close();
        long takenOverAt = folder.segmentAfter(segment.firstPosition())
                .map(SegmentFolder.Segment::firstPosition)
                .orElse(Long.MAX_VALUE);
        open = new OpenFile(segment.firstPosition(), frames, takenOverAt);
        return open;
    }

    @Override
    public void close() {
        if (open != null) {
            try {
                open.frames.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                open = null;
            }
        }
    }
}
