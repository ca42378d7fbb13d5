package dev.microlift.server.journey;

/** How a condition compares a property with its value. */
public enum Operator {
    /** Equal, type and value. */
    EQ,
    /** Not equal, or absent. */
    NEQ,
    /** Equal to one of a list. */
    IN,
    /** Equal to none of a list, or absent. */
    NIN,
    /** Greater. */
    GT,
    /** Greater or equal. */
    GTE,
    /** Less. */
    LT,
    /** Less or equal. */
    LTE,
    /** Present and not null, or, with the value false, absent. */
    EXISTS,
    /** Holds the text; or, for a list, the item. */
    CONTAINS,
    /** Begins with the text. */
    STARTS_WITH,
    /** Ends with the text. */
    ENDS_WITH,
    /** The RE2 expression is found somewhere in the text. */
    MATCHES
}
