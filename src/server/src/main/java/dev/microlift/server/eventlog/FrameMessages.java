package dev.microlift.server.eventlog;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** The messages of some frames by their places: an object is made of a message when somebody asks for it. */
final class FrameMessages extends AbstractList<LoggedMessage> implements RandomAccess {

    private final List<ByteBuffer> payloads = new ArrayList<>();
    /** Which payload, and in the lower half where in it. */
    private long[] places = new long[1_024];

    private int size;

    /** Adds the messages of a frame, but for so many at its beginning. */
    void add(Frame frame, int without) {
        long payload = (long) payloads.size() << Integer.SIZE;
        payloads.add(frame.payload());
        if (places.length < size + frame.count()) {
            places = Arrays.copyOf(places, Math.max(2 * places.length, size + frame.count()));
        }
        int at = frame.payload().position();
        for (int i = 0; i < frame.count(); i++) {
            if (i >= without) {
                places[size++] = payload | at + Integer.BYTES;
            }
            at += Integer.BYTES + frame.payload().getInt(at);
        }
    }

    @Override
    public LoggedMessage get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        long place = places[index];
        return new LoggedMessage(payloads.get((int) (place >> Integer.SIZE)), (int) place);
    }

    @Override
    public int size() {
        return size;
    }
}
