package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as the log holds it: bytes, of which a field is read when somebody asks for it, because whoever goes through
 * the log needs few of them as objects. Texts are UTF-8.
 */
public final class LoggedMessage {

    private static final int MESSAGE_ID = 0;
    private static final int EVENT = 1;
    private static final int PROPERTIES = 2;
    private static final int CONTEXT = 3;
    private static final int OPTIONAL = 4;

    /** Which flag tells of a text that it is there, in the order of the texts; 0 for those that are in every message. */
    private static final int[] FLAG_OF_TEXT = {
        0, 0, 0, 0, MessageLayout.USER, MessageLayout.ANONYMOUS, MessageLayout.EXPOSURE, MessageLayout.EXPOSURE
    };

    private final ByteBuffer bytes;
    private final int start;

    /**
     * The message that begins at a place.
     *
     * @throws IllegalStateException if a later release wrote it
     */
    LoggedMessage(ByteBuffer bytes, int start) {
        byte version = bytes.get(start);
        if (version != MessageLayout.VERSION && version != MessageLayout.ERASED) {
            throw new IllegalStateException("the log holds messages in layout " + version
                    + ", which a later release wrote; this one reads layout " + MessageLayout.VERSION);
        }
        this.bytes = bytes;
        this.start = start;
    }

    /** A message as the log would hold it. */
    public static LoggedMessage of(Message message) {
        return new LoggedMessage(
                ByteBuffer.wrap(new MessageEncoder().put(message).bytes()), Integer.BYTES);
    }

    /** Whether it was erased: then it only keeps its position and when it was received, and its texts are empty. */
    public boolean isErased() {
        return bytes.get(start) == MessageLayout.ERASED;
    }

    /** Erases it where it stands, so that all others keep their places. */
    void erase() {
        long received = receivedMillis();
        int length = bytes.getInt(start - Integer.BYTES);
        bytes.put(start, new byte[length]);
        bytes.put(start, MessageLayout.ERASED);
        bytes.putLong(start + MessageLayout.RECEIVED_AT, received);
    }

    public Kind kind() {
        return MessageLayout.kind(bytes.get(start + MessageLayout.KIND_AT));
    }

    /** What tells it from another under the same id. */
    int content() {
        return bytes.getInt(start + MessageLayout.CONTENT_AT);
    }

    /** When it happened, in milliseconds since 1970. */
    public long timeMillis() {
        return bytes.getLong(start + MessageLayout.TIME_AT);
    }

    /** When it was received, in milliseconds since 1970. */
    public long receivedMillis() {
        return bytes.getLong(start + MessageLayout.RECEIVED_AT);
    }

    public boolean late() {
        return has(MessageLayout.LATE);
    }

    public boolean clamped() {
        return has(MessageLayout.CLAMPED);
    }

    public boolean bot() {
        return has(MessageLayout.BOT);
    }

    public byte[] messageId() {
        return text(MESSAGE_ID);
    }

    public byte[] event() {
        return text(EVENT);
    }

    public byte[] properties() {
        return text(PROPERTIES);
    }

    public byte[] context() {
        return text(CONTEXT);
    }

    public byte @Nullable [] userId() {
        return has(MessageLayout.USER) ? text(OPTIONAL) : null;
    }

    public byte @Nullable [] anonymousId() {
        return has(MessageLayout.ANONYMOUS) ? text(OPTIONAL + count(MessageLayout.USER)) : null;
    }

    /** The experiment of an exposure. */
    public byte @Nullable [] experiment() {
        return has(MessageLayout.EXPOSURE) ? text(exposureAt()) : null;
    }

    /** The variant of an exposure. */
    public byte @Nullable [] variant() {
        return has(MessageLayout.EXPOSURE) ? text(exposureAt() + 1) : null;
    }

    /** Ids of other unit types, by the type's name. */
    public Map<String, String> units() {
        int count = bytes.getInt(start + MessageLayout.UNITS_AT);
        if (count == 0) {
            return Map.of();
        }
        int first = exposureAt() + 2 * count(MessageLayout.EXPOSURE);
        Map<String, String> units = new HashMap<>();
        for (int i = first; i < first + 2 * count; i += 2) {
            units.put(string(text(i)), string(text(i + 1)));
        }
        return units;
    }

    /**
     * All texts but the units, in one go: message id, event, properties, context, user id, anonymous id, experiment and
     * variant; null for one that is not there.
     */
    public byte[] @Nullable [] texts() {
        byte[][] texts = new byte[FLAG_OF_TEXT.length][];
        int at = start + MessageLayout.TEXTS_AT;
        for (int i = 0; i < texts.length; i++) {
            if (FLAG_OF_TEXT[i] == 0 || has(FLAG_OF_TEXT[i])) {
                texts[i] = textAt(at);
                at += Integer.BYTES + texts[i].length;
            }
        }
        return texts;
    }

    /** All of it. */
    public Message decoded() {
        byte[] experiment = experiment();
        byte[] variant = variant();
        return new Message(
                string(messageId()),
                kind(),
                string(event()),
                optional(userId()),
                optional(anonymousId()),
                units(),
                Instant.ofEpochMilli(timeMillis()),
                Instant.ofEpochMilli(receivedMillis()),
                string(properties()),
                string(context()),
                late(),
                clamped(),
                bot(),
                content(),
                experiment == null || variant == null ? null : new Exposure(string(experiment), string(variant)));
    }

    private static String string(byte[] text) {
        return new String(text, UTF_8);
    }

    private static @Nullable String optional(byte @Nullable [] text) {
        return text == null ? null : string(text);
    }

    private boolean has(int flag) {
        return (bytes.get(start + MessageLayout.FLAGS_AT) & flag) != 0;
    }

    private int count(int flag) {
        return has(flag) ? 1 : 0;
    }

    private int exposureAt() {
        return OPTIONAL + count(MessageLayout.USER) + count(MessageLayout.ANONYMOUS);
    }

    /** One of the texts, which stand one behind the other, each behind its length. */
    private byte[] text(int index) {
        int at = start + MessageLayout.TEXTS_AT;
        for (int i = 0; i < index; i++) {
            at += Integer.BYTES + bytes.getInt(at);
        }
        return textAt(at);
    }

    private byte[] textAt(int at) {
        byte[] text = new byte[bytes.getInt(at)];
        bytes.get(at + Integer.BYTES, text);
        return text;
    }
}
