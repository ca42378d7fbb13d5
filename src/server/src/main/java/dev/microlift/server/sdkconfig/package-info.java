/**
 * What runs, as a configuration for SDKs that evaluate by themselves, in the form of GrowthBook's payload; and remote
 * evaluation for SDKs that must not see the rules.
 *
 * <p>Everything is written when the configuration changes, so that a request only copies bytes.
 */
@NullMarked
package dev.microlift.server.sdkconfig;

import org.jspecify.annotations.NullMarked;
