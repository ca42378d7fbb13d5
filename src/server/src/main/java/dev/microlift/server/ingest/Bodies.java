package dev.microlift.server.ingest;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;

/** Reads whole bodies within their limits, decompressing on the way, so that a small bomb never becomes a large array. */
final class Bodies {

    private Bodies() {}

    /**
     * Reads a body to its end.
     *
     * @param maxBytes after decompression
     * @param head remembers how it began
     * @param wireBytes is told how many bytes were received
     * @throws ProblemException if it is too large, broken off, or not what its headers say
     */
    static byte[] read(Submission submission, BodyFormat format, int maxBytes, Head head, LongConsumer wireBytes) {
        BoundedStream wire = new BoundedStream(submission.body(), Limits.WIRE_BYTES, "the request");
        try {
            InputStream content = head.of(format.isGzip() ? Gunzip.open(wire) : wire);
            return new BoundedStream(content, maxBytes, "the decompressed body").readAllBytes();
        } catch (BoundedStream.TooLargeException tooLarge) {
            throw new ProblemException(ErrorCode.TOO_LARGE, String.valueOf(tooLarge.getMessage()));
        } catch (ZipException | EOFException notGzip) {
            throw new ProblemException(ErrorCode.BAD_REQUEST, "the body is not a whole gzip stream");
        } catch (IOException broken) {
            throw new ProblemException(ErrorCode.BAD_REQUEST, "the body could not be read to its end");
        } finally {
            wireBytes.accept(wire.count());
        }
    }
}
