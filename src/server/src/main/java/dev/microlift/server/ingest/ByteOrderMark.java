package dev.microlift.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/** What spreadsheets and shells write at the very beginning of a text in UTF-8. */
final class ByteOrderMark {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private ByteOrderMark() {}

    /** The content behind the mark, or all of it if it begins with none. */
    static InputStream skip(InputStream content) throws IOException {
        PushbackInputStream unread = new PushbackInputStream(content, MARK.length);
        byte[] first = unread.readNBytes(MARK.length);
        if (!Arrays.equals(first, MARK)) {
            unread.unread(first);
        }
        return unread;
    }
}
