package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection that is kept alive: sends a rendered request, waits for its answer. A plain socket, because a full client
 * would take as much of the processor as the server that is measured.
 */
final class Connection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private final Socket socket = new Socket();
    private final InputStream in;
    private byte[] buffer = new byte[4096];
    private int filled;

    Connection(URI address) throws IOException {
        this(address, PATIENCE);
    }

    /** @param patience how long an answer may take */
    Connection(URI address, Duration patience) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            in = socket.getInputStream();
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    /** Sends a request and waits for its answer; after a failure the connection is of no more use. */
    Answer send(byte[] request) throws IOException {
        write(request);
        return answer();
    }

    /** Sends some bytes, perhaps only a part of a request. */
    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Waits for one answer. */
    Answer answer() throws IOException {
        int bodyAt = headerEnd();
        String head = new String(buffer, 0, bodyAt, ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = bodyAt + length(head);
        while (filled < end) {
            fill();
        }
        String body = new String(buffer, bodyAt, end - bodyAt, UTF_8);
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        return new Answer(Integer.parseInt(head, 9, 12, 10), head.contains("\r\nretry-after:"), body);
    }

    private int headerEnd() throws IOException {
        for (int from = 3; ; from = Math.max(3, filled - 3)) {
            fillIfEmptyFrom(from);
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                    return i + 1;
                }
            }
            if (filled > MOST_HEADER_BYTES) {
                throw new IOException("this is no answer of HTTP");
            }
            fill();
        }
    }

    private void fillIfEmptyFrom(int from) throws IOException {
        while (filled <= from) {
            fill();
        }
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        filled += read;
    }

    private static int length(String head) throws IOException {
        String name = "\r\ncontent-length:";
        int at = head.indexOf(name);
        if (at < 0) {
            throw new IOException(
                    "an answer without a length: " + head.lines().findFirst().orElse(""));
        }
        int from = at + name.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).trim());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is not used again
        }
    }
}
