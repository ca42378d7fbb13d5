package dev.microlift.server.analysis;

/** How an event says which unit it belongs to. */
enum UnitIds {
    /** By its user id; an event of an anonymous id belongs to the user that the id was linked to. */
    USER,
    /** By its anonymous id. */
    ANONYMOUS,
    /** By an id of another type that it carries. */
    OTHER;

    static UnitIds of(String unitType) {
        return switch (unitType) {
            case "user" -> USER;
            case "anonymous" -> ANONYMOUS;
            default -> OTHER;
        };
    }

    /** The id that an event {@code e} itself carries, whomever it is linked to. */
    static String own(String unitType) {
        return unit(unitType, false).text();
    }

    /** The unit of an event {@code e}; with links where anonymous ids are linked to users at all. */
    static Sql unit(String unitType, boolean linked) {
        return Sql.of(
                switch (of(unitType)) {
                    case USER -> linked ? "coalesce(e.user_id, links.user_id)" : "e.user_id";
                    case ANONYMOUS -> "e.anonymous_id";
                    case OTHER -> "e.units[" + Sql.quoted(unitType) + "]";
                });
    }

    /** What has to be joined to events {@code e} for it. */
    static Sql links(String unitType, boolean linked) {
        return Sql.of(
                of(unitType) == USER && linked
                        ? "left join links on e.user_id is null and links.anonymous_id = e.anonymous_id"
                        : "");
    }
}
