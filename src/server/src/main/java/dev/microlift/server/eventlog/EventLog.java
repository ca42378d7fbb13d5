package dev.microlift.server.eventlog;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps messages. Any number of threads may append at once.
 *
 * <p>What every implementation promises:
 *
 * <ul>
 *   <li>A stage completes normally only when its messages survive a crash of the process and of the machine.
 *   <li>A message id that was stored in the last {@link #DUPLICATE_DAYS} days, in this call or an earlier one, is told as
 *       {@link Receipt#DUPLICATE} and not stored again. A caller may therefore repeat what was not acknowledged.
 *   <li>A stage that fails promises nothing: its messages may be repeated.
 *   <li>Memory is bounded: what cannot be queued is refused with a {@link dev.microlift.server.problem.ProblemException}
 *       ({@code TOO_MANY_REQUESTS} when the queue is full, {@code UNAVAILABLE} when nothing can be written), which says
 *       when to try again.
 * </ul>
 */
public interface EventLog {

    /** For how many days of receipt a message id is remembered, at least. */
    int DUPLICATE_DAYS = 7;

    /**
     * Appends messages.
     *
     * @return what became of each message, in their order; fails with a {@code ProblemException}
     */
    CompletionStage<List<Receipt>> append(List<Message> messages);
}
