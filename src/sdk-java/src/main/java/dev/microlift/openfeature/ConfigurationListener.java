package dev.microlift.openfeature;

import java.util.Set;

/** Is told what becomes of the configuration; called by one thread. */
interface ConfigurationListener {

    /**
     * There is a new configuration.
     *
     * @param changed keys of the experiments that are new, changed or gone
     */
    void onChange(Set<String> changed);

    /** The server has confirmed the configuration, after it had not for a time. */
    void onFresh();

    /** The configuration in use was not confirmed for too long; said again after each failed attempt. */
    void onStale(String reason);

    /** There is no configuration to use; said again after each failed attempt. */
    void onMissing(String reason);
}
