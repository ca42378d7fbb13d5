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

    /** The id that an event itself carries, whomever it is linked to. */
    static String own(String unitType) {
        return switch (of(unitType)) {
            case USER -> "e.user_id";
            case ANONYMOUS -> "e.anonymous_id";
            case OTHER -> "e.units['" + unitType.replace("'", "''") + "']";
        };
    }

    /** Fills the places {@code {unit}} and {@code {links}} of a query. */
    static String fill(String sql, String unitType) {
        String unit = switch (of(unitType)) {
            case USER -> "coalesce(e.user_id, links.user_id)";
            case ANONYMOUS, OTHER -> own(unitType);
        };
        String links = of(unitType) == USER
                ? "left join links on e.user_id is null and links.anonymous_id = e.anonymous_id"
                : "";
        return sql.replace("{unit}", unit).replace("{links}", links);
    }
}
