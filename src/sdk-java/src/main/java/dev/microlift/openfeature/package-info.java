/**
 * The SDK for Java: an OpenFeature provider and a direct client that evaluate in the process, from a configuration that
 * is kept up to date in the background, and send exposures and events in batches.
 */
@NullMarked
package dev.microlift.openfeature;

import org.jspecify.annotations.NullMarked;
