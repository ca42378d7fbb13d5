package dev.microlift.server.ingest;

import dev.microlift.server.document.Sha256;
import java.util.Arrays;

/**
 * The id of an imported line that names none: a hash of the line, so that a file that is sent again counts nothing twice.
 * Lines that are the same to the last character are therefore one message; those that should count apart need ids.
 */
final class ImportId {

    private ImportId() {}

    /** Of the first bytes of an array, white space around them aside: editors and systems change line ends. */
    static String of(byte[] bytes, int length) {
        int start = 0;
        int end = length;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        return "import-" + Sha256.hex(Arrays.copyOfRange(bytes, start, end));
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
