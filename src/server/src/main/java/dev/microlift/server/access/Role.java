package dev.microlift.server.access;

import java.util.Set;

/** What a key is for. */
public enum Role {
    /** In browsers and apps, where everybody can read it. */
    CLIENT("mlc", Set.of(Permission.EVALUATE, Permission.TRACK)),
    /** In the back end of an app. */
    SERVER("mls", Set.of(Permission.EVALUATE, Permission.TRACK, Permission.IMPORT)),
    /** Reads configuration and reports. */
    VIEWER("mlv", Set.of(Permission.READ)),
    /** Sets up experiments. */
    EDITOR("mle", Set.of(Permission.READ, Permission.WRITE)),
    /** May do everything. */
    ADMIN(
            "mla",
            Set.of(
                    Permission.EVALUATE,
                    Permission.TRACK,
                    Permission.IMPORT,
                    Permission.READ,
                    Permission.WRITE,
                    Permission.ADMINISTER));

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // every set given above is unmodifiable
    private final Set<String> permissions;

    Role(String prefix, Set<String> permissions) {
        this.prefix = prefix;
        this.permissions = permissions;
    }

    /** What keys of this role start with. */
    public String prefix() {
        return prefix;
    }

    /** The names of {@link Permission} this role has. */
    public Set<String> permissions() {
        return permissions;
    }
}
