package dev.microlift.server.sdkconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.document.Sha256;
import dev.microlift.server.evaluation.Flag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The SDK configuration as it is sent. */
final class Payload {

    private static final int TAG_DIGITS = 32;

    private final String text;
    private final byte[] json;
    private final byte[] gzip;
    private final String hash;

    private Payload(String text) {
        this.text = text;
        this.json = text.getBytes(UTF_8);
        this.gzip = gzip(json);
        this.hash = Sha256.hex(json).substring(0, TAG_DIGITS);
    }

    /** @param updatedAt when the configuration became so */
    static Payload of(List<Flag> flags, Instant updatedAt) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("status", 200);
        ObjectNode features = document.putObject("features");
        flags.forEach(flag -> features.set(flag.key(), new FeatureWriter(flag).feature()));
        document.put("dateUpdated", JsonFormat.write(updatedAt));
        return new Payload(document.toString());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    String text() {
        return text;
    }

    /** The text in UTF-8, for reading only. */
    byte[] json() {
        return json;
    }

    /** The same compressed, for reading only. */
    byte[] gzip() {
        return gzip;
    }

    /** The strong tag of the plain form. */
    String tag() {
        return '"' + hash + '"';
    }

    /** The strong tag of the compressed form: other bytes need another one. */
    String gzipTag() {
        return '"' + hash + "-gzip\"";
    }
}
