package dev.microlift.server.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.document.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The answer about every flag, put together from the flags' written ones. */
final class BulkAnswer {

    private static final byte[] START = "{\"flags\":[".getBytes(UTF_8);
    private static final int TAG_BYTES = 16;

    private final FlagAnswer[] answers;
    private final byte[] rest;
    private final String tag;

    private BulkAnswer(FlagAnswer[] answers, byte[] rest) {
        this.answers = answers;
        this.rest = rest;
        this.tag = tag(answers, rest);
    }

    /** @param streamToken opens the stream that tells of changes */
    static BulkAnswer of(Snapshot.Compiled compiled, EvaluationContext context, String streamToken) {
        List<Flag> flags = compiled.listed();
        FlagAnswer[] answers = new FlagAnswer[flags.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = flags.get(i).answers().amongOthers(context);
        }
        return new BulkAnswer(answers, rest(compiled.version(), streamToken));
    }

    /** The stream is named without its origin, which a server behind others does not know. */
    private static byte[] rest(long version, String streamToken) {
        return ("],\"metadata\":{\"version\":" + version
                        + "},\"eventStreams\":[{\"type\":\"sse\",\"endpoint\":{\"requestUri\":\""
                        + OfrepEventsResource.PATH
                        + "?token=" + streamToken + "\"}}]}")
                .getBytes(UTF_8);
    }

    /**
     * Covers the configuration, the outcome and the stream: a provider may send the tag of another context's answer, and
     * one whose token has expired needs the next one.
     */
    private static String tag(FlagAnswer[] answers, byte[] rest) {
        ByteBuffer covered = ByteBuffer.allocate(answers.length * Long.BYTES + rest.length);
        for (FlagAnswer answer : answers) {
            covered.put(answer.fingerprint());
        }
        byte[] hash = Sha256.of(covered.put(rest).array());
        return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    }

    String tag() {
        return tag;
    }

    byte[] json() {
        int length = START.length + Math.max(0, answers.length - 1) + rest.length;
        for (FlagAnswer answer : answers) {
            length += answer.json().length;
        }
        byte[] json = Arrays.copyOf(START, length);
        int end = START.length;
        for (int i = 0; i < answers.length; i++) {
            if (i > 0) {
                json[end++] = ',';
            }
            byte[] answer = answers[i].json();
            System.arraycopy(answer, 0, json, end, answer.length);
            end += answer.length;
        }
        System.arraycopy(rest, 0, json, end, rest.length);
        return json;
    }
}
