package dev.microlift.server.launch;

import java.util.Objects;

/** The version of this program, as its jar says. */
final class ProgramVersion {

    static final String NAME =
            Objects.requireNonNullElse(ProgramVersion.class.getPackage().getImplementationVersion(), "development");

    private ProgramVersion() {}
}
