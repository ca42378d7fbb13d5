package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What several callers appended, to be written and synced together.
 *
 * @param receipts what becomes of each caller's messages once the fresh ones are durable
 * @param fresh the messages to write
 */
record Group(List<List<Receipt>> receipts, List<EncodedMessage> fresh) {

    /** About how large a frame grows; it is what a damaged place on the disk can cost. */
    private static final int FRAME_BYTES = 128 << 10;

    /** Finds out which messages are new, the first of an id in the order of the callers. */
    static Group of(List<AppendQueue.Entry> entries, MessageIds ids) throws IOException {
        List<EncodedMessage> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(entry.messages()));
        Map<Fingerprint, Integer> known = new HashMap<>(ids.known(all));
        List<EncodedMessage> fresh = new ArrayList<>(all.size());
        List<List<Receipt>> receipts = new ArrayList<>(entries.size());
        for (AppendQueue.Entry entry : entries) {
            List<Receipt> ofEntry = new ArrayList<>(entry.messages().size());
            for (EncodedMessage message : entry.messages()) {
                Integer content = known.putIfAbsent(message.id(), message.content());
                if (content == null) {
                    fresh.add(message);
                    ofEntry.add(Receipt.STORED);
                } else {
                    ofEntry.add(content == message.content() ? Receipt.DUPLICATE : Receipt.CONFLICT);
                }
            }
            receipts.add(List.copyOf(ofEntry));
        }
        return new Group(receipts, fresh);
    }

    /** The frames that hold the fresh messages, the first at this position. */
    List<ByteBuffer> frames(long firstPosition) {
        List<ByteBuffer> frames = new ArrayList<>();
        long position = firstPosition;
        int start = 0;
        while (start < fresh.size()) {
            int end = start;
            int bytes = Frame.HEADER_BYTES;
            while (end < fresh.size() && bytes < FRAME_BYTES) {
                bytes += Frame.bytesOf(fresh.get(end));
                end++;
            }
            ByteBuffer frame = ByteBuffer.allocate(bytes);
            Frame.write(frame, position, fresh.subList(start, end));
            frames.add(frame.flip());
            position += end - start;
            start = end;
        }
        return frames;
    }
}
