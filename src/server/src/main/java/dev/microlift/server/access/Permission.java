package dev.microlift.server.access;

/** What a route may demand, as the names that {@code @RolesAllowed} takes. */
public final class Permission {

    /** Get variants. */
    public static final String EVALUATE = "evaluate";

    /** Send exposures and events. */
    public static final String TRACK = "track";

    /** Send historical data in bulk. */
    public static final String IMPORT = "import";

    /** Read configuration and reports. */
    public static final String READ = "read";

    /** Change journeys and experiments. */
    public static final String WRITE = "write";

    /** Manage keys. */
    public static final String ADMINISTER = "administer";

    private Permission() {}
}
