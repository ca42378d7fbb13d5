package dev.microlift.server.eventlog;

import dev.microlift.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The log of record: every accepted message, in one order. Any number of threads may append at once.
 *
 * <p>What every implementation promises:
 *
 * <ul>
 *   <li>A stage completes normally only when its messages survive a crash of the process and of the machine.
 *   <li>A message id that was stored in the last {@link #DUPLICATE_DAYS} days, in this call or an earlier one, is told as
 *       {@link Receipt#DUPLICATE} or {@link Receipt#CONFLICT} and not stored again. A caller may therefore repeat what was
 *       not acknowledged.
 *   <li>A stage that fails promises nothing: its messages may be repeated.
 *   <li>Memory is bounded: what cannot be queued is refused with a {@link ProblemException}
 *       ({@code TOO_MANY_REQUESTS} when the queue is full or nobody reads fast enough, {@code STORAGE_FULL} when the disk
 *       is, {@code UNAVAILABLE} when nothing can be written), which says when to try again.
 *   <li>Stored messages have positions: the first is 1, each next one is one greater. A position never changes.
 * </ul>
 */
public interface EventLog extends AutoCloseable {

    /** For how many days of receipt a message id is remembered, at least. */
    int DUPLICATE_DAYS = 7;

    /**
     * Appends messages.
     *
     * @return what became of each message, in their order; fails with a {@code ProblemException}
     */
    CompletionStage<List<Receipt>> append(List<Message> messages);

    /**
     * Waits until so many messages would be taken in, for those who have work to do on messages before they can append
     * them. While room is made again and again nobody is refused; when there was none for a moment, nobody waits.
     *
     * @return what they would be refused with; empty if there is room
     */
    Optional<ProblemException> awaitRoom(int messages) throws InterruptedException;

    /**
     * Refuses messages from now on, whoever appends them: they are told as {@link Receipt#REFUSED}. Takes the place of what
     * was refused before. What was refused at no time is unaffected, and what is appended after this returns is looked at
     * with these.
     *
     * @param messages called by every thread that appends, so it should be quick
     */
    void refuse(Predicate<Message> messages);

    /**
     * Erases messages for good, so that no file holds a byte of them: all that were appended before. Their positions stay
     * taken, by messages that tell that they were erased. The ids of a unit's messages are forgotten with them. May be
     * repeated when it failed.
     *
     * @return how many it erased
     * @throws InterruptedException when the server stops
     */
    long erase(Selection messages) throws InterruptedException;

    /** The position of the last durable message, 0 if there is none. What was acknowledged is at or before it. */
    long lastPosition();

    /**
     * The position of the first message that it still has, or would have next if it has none. What stands before was
     * released, unless somebody misses it.
     */
    long firstPosition();

    /**
     * Reads what follows a position, in order, including what is appended later. What is not there any more counts as
     * lost: who wants all that is left begins at {@link #firstPosition}.
     */
    LogReader readAfter(long position);

    /**
     * Tells, before anything is appended, that all up to this position stands elsewhere already: those positions are
     * taken, even if the log has lost the end of what it held.
     */
    void continueAfter(long position);

    /** Tells that all up to this position can be found elsewhere from now on; how far readers are behind is bounded. */
    void loaded(long position);

    /** Tells that all up to this position is kept elsewhere for good, and may be dropped here when its time has come. */
    void release(long position);

    /** Finishes what was accepted and takes in nothing more. */
    @Override
    void close();
}
