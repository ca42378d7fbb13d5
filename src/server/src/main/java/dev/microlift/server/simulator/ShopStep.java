package dev.microlift.server.simulator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a visitor does, in this order; only who did one step can do the next. */
enum ShopStep {
    SEARCH("Products Searched"),
    VIEW("Product Viewed"),
    CART("Product Added"),
    PURCHASE("Order Completed");

    /** The step that pays. */
    static final ShopStep GOAL = PURCHASE;

    private final String event;

    ShopStep(String event) {
        this.event = event;
    }

    /** The name in journeys, reports and options. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the event that the shop sends. */
    String event() {
        return event;
    }

    /** The steps up to this one, this one included. */
    Set<ShopStep> upToHere() {
        return EnumSet.range(SEARCH, this);
    }

    static Optional<ShopStep> find(String key) {
        return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(ShopStep::key).collect(Collectors.joining(", "));
    }
}
