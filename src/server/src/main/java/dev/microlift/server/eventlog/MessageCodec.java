package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a message is written in the log. Files outlive releases: a layout that was released is read for ever, and a change
 * gets a version of its own.
 */
final class MessageCodec {

    private static final byte VERSION = 1;

    /** Written by their place here: append only. */
    private static final Kind[] KINDS = {Kind.TRACK, Kind.PAGE, Kind.SCREEN, Kind.IDENTIFY, Kind.ALIAS, Kind.GROUP};

    private static final int LATE = 1;
    private static final int CLAMPED = 2;
    private static final int BOT = 4;
    private static final int USER = 8;
    private static final int ANONYMOUS = 16;
    private static final int EXPOSURE = 32;

    /** Version, kind, flags, checksum, two times, number of units. */
    private static final int FIXED_BYTES = 3 + Integer.BYTES + 2 * Long.BYTES + Integer.BYTES;

    private MessageCodec() {}

    static ByteBuffer encode(Message message) {
        List<byte[]> texts = texts(message);
        int size = FIXED_BYTES;
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size)
                .put(VERSION)
                .put(code(message.kind()))
                .put(flags(message))
                .putInt(message.content())
                .putLong(message.time().toEpochMilli())
                .putLong(message.receivedAt().toEpochMilli())
                .putInt(message.units().size());
        for (byte[] text : texts) {
            out.putInt(text.length).put(text);
        }
        return out.flip();
    }

    private static List<byte[]> texts(Message message) {
        List<byte[]> texts = new ArrayList<>(8 + 2 * message.units().size());
        texts.add(message.messageId().getBytes(UTF_8));
        texts.add(message.event().getBytes(UTF_8));
        texts.add(message.properties().getBytes(UTF_8));
        texts.add(message.context().getBytes(UTF_8));
        addIfPresent(texts, message.userId());
        addIfPresent(texts, message.anonymousId());
        Exposure exposure = message.exposure();
        if (exposure != null) {
            texts.add(exposure.experiment().getBytes(UTF_8));
            texts.add(exposure.variant().getBytes(UTF_8));
        }
        for (Map.Entry<String, String> unit : message.units().entrySet()) {
            texts.add(unit.getKey().getBytes(UTF_8));
            texts.add(unit.getValue().getBytes(UTF_8));
        }
        return texts;
    }

    private static void addIfPresent(List<byte[]> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text.getBytes(UTF_8));
        }
    }

    private static byte code(Kind kind) {
        for (byte code = 0; code < KINDS.length; code++) {
            if (KINDS[code] == kind) {
                return code;
            }
        }
        throw new IllegalStateException("no code for " + kind);
    }

    private static byte flags(Message message) {
        return (byte) ((message.late() ? LATE : 0)
                | (message.clamped() ? CLAMPED : 0)
                | (message.bot() ? BOT : 0)
                | (message.userId() != null ? USER : 0)
                | (message.anonymousId() != null ? ANONYMOUS : 0)
                | (message.exposure() != null ? EXPOSURE : 0));
    }

    /**
     * Reads the message that a buffer starts with.
     *
     * @throws IllegalStateException if a later release wrote it
     */
    static Message decode(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("the log holds messages in layout " + version
                    + ", which a later release wrote; this one reads layout " + VERSION);
        }
        Kind kind = KINDS[in.get()];
        byte flags = in.get();
        int content = in.getInt();
        Instant time = Instant.ofEpochMilli(in.getLong());
        Instant receivedAt = Instant.ofEpochMilli(in.getLong());
        int unitCount = in.getInt();
        String messageId = text(in);
        String event = text(in);
        String properties = text(in);
        String context = text(in);
        String userId = has(flags, USER) ? text(in) : null;
        String anonymousId = has(flags, ANONYMOUS) ? text(in) : null;
        Exposure exposure = has(flags, EXPOSURE) ? new Exposure(text(in), text(in)) : null;
        return new Message(
                messageId,
                kind,
                event,
                userId,
                anonymousId,
                units(in, unitCount),
                time,
                receivedAt,
                properties,
                context,
                has(flags, LATE),
                has(flags, CLAMPED),
                has(flags, BOT),
                content,
                exposure);
    }

    private static Map<String, String> units(ByteBuffer in, int count) {
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> units = new HashMap<>();
        for (int i = 0; i < count; i++) {
            units.put(text(in), text(in));
        }
        return units;
    }

    private static boolean has(byte flags, int flag) {
        return (flags & flag) != 0;
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
