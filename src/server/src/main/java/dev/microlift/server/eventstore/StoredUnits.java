package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Selection;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** What is stored of single units, for those who have a right to it and for those who want it gone. */
public interface StoredUnits {

    /**
     * Erases messages that the log has erased already, for good, so that no file holds a byte of them. Waits until all is
     * loaded that the log has, and for the questions that are being asked; questions wait meanwhile. May be repeated when
     * it failed.
     *
     * @return how many it found
     * @throws EventStoreException if the store fails, the disk has no room for it, or the store is closed
     */
    long erase(Selection selection);

    /** Tells all messages of a unit, in the order of their time. */
    void eachOf(Selection.OfUnit unit, Consumer<UnitEvent> reader);

    /** Ids of persons that came in one message with that of this one; the first thousand. */
    List<LinkedUnit> linkedTo(Selection.OfUnit unit);

    /** The anonymous ids that belong to a user: their first link was to this one. */
    List<String> anonymousIdsOf(String userId);

    /**
     * Takes links back: from now on these belong to nobody, whoever they are linked to. Takes the place of what was told
     * before, and is to be told again to a store that was made anew. What was derived before does not know it.
     */
    void disown(Collection<String> anonymousIds);
}
