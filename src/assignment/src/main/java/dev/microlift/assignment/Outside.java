package dev.microlift.assignment;

/** Why a unit is not in a running experiment. */
public enum Outside {
    TRAFFIC("traffic"),
    TARGETING("targeting"),
    LAYER("layer"),
    HOLDOUT("holdout"),
    ENTRY_STEP("entryStep"),
    NO_UNIT("noUnit"),
    EXTERNAL("external");

    private final String label;

    Outside(String label) {
        this.label = label;
    }

    /** The name in answers ({@code metadata.outside}). */
    public String label() {
        return label;
    }
}
