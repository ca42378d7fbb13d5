package dev.microlift.server.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two variants of the shop's experiment. */
enum Arm {
    CONTROL,
    TREATMENT;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Arm other() {
        return this == CONTROL ? TREATMENT : CONTROL;
    }

    static Optional<Arm> find(String key) {
        return Arrays.stream(values()).filter(arm -> arm.key().equals(key)).findFirst();
    }
}
