package dev.microlift.server.sdk;

import dev.microlift.openfeature.Assigned;
import dev.microlift.openfeature.Microlift;
import dev.microlift.openfeature.MicroliftOptions;
import java.time.Duration;
import java.util.Map;

/** A shop as its developers would write it: shows the button of the unit's variant, and tells what was bought. */
final class ShopApplication implements AutoCloseable {

    private final Microlift microlift;
    private final String experiment;

    ShopApplication(String address, String key, String experiment) {
        this.experiment = experiment;
        this.microlift = Microlift.start(MicroliftOptions.builder()
                .endpoint(address)
                .key(key)
                .headers(Map.of())
                .startTimeout(Duration.ofMinutes(1))
                .closeTimeout(Duration.ofMinutes(2))
                .build());
    }

    /** Shows the checkout page: the button is large or not. */
    Assigned checkout(String user, String country) {
        return microlift.assign(experiment, user, Map.of("country", country));
    }

    void buys(String user, double revenue) {
        microlift.track("Order Completed", user, Map.of("revenue", revenue));
    }

    Microlift microlift() {
        return microlift;
    }

    /** Sends what is still waiting. */
    @Override
    public void close() {
        microlift.close();
    }
}
