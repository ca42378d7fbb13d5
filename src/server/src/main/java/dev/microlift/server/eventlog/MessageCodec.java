package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a message is written in the log. Files outlive releases: a layout that was released is read for ever, and a change
 * gets a version of its own.
 */
final class MessageCodec {

    static final byte VERSION = 1;

    /** Written by their place here: append only. */
    private static final Kind[] KINDS = {Kind.TRACK, Kind.PAGE, Kind.SCREEN, Kind.IDENTIFY, Kind.ALIAS, Kind.GROUP};

    static final int LATE = 1;
    static final int CLAMPED = 2;
    static final int BOT = 4;
    static final int USER = 8;
    static final int ANONYMOUS = 16;
    static final int EXPOSURE = 32;

    /** Where in a message something stands; behind the version. */
    static final int KIND_AT = 1;

    static final int FLAGS_AT = 2;
    static final int CONTENT_AT = 3;
    static final int TIME_AT = CONTENT_AT + Integer.BYTES;
    static final int RECEIVED_AT = TIME_AT + Long.BYTES;
    static final int UNITS_AT = RECEIVED_AT + Long.BYTES;
    static final int TEXTS_AT = UNITS_AT + Integer.BYTES;

    private MessageCodec() {}

    static ByteBuffer encode(Message message) {
        List<byte[]> texts = texts(message);
        int size = TEXTS_AT;
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

    static Kind kind(byte code) {
        return KINDS[code];
    }

    private static byte flags(Message message) {
        return (byte) ((message.late() ? LATE : 0)
                | (message.clamped() ? CLAMPED : 0)
                | (message.bot() ? BOT : 0)
                | (message.userId() != null ? USER : 0)
                | (message.anonymousId() != null ? ANONYMOUS : 0)
                | (message.exposure() != null ? EXPOSURE : 0));
    }
}
