package dev.microlift.assignment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A predicate on a context's attributes. Never throws, whatever the attributes are. */
public interface Condition {

    /** Holds for every context. */
    Condition ALWAYS = attributes -> true;

    boolean matches(Map<String, @Nullable Object> attributes);
}
