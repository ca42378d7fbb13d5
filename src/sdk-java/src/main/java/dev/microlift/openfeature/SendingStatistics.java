package dev.microlift.openfeature;

/**
 * What became of the messages since the start. Every message is in exactly one of the first four figures.
 *
 * @param queued waiting or on their way
 * @param sent acknowledged by the server
 * @param dropped lost because the queue was full, or because they could not be sent before the end
 * @param rejected refused by the server, or too large to be sent
 * @param retries batches that had to be sent again
 */
public record SendingStatistics(long queued, long sent, long dropped, long rejected, long retries) {}
