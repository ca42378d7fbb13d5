/**
 * Experiments: what is compared, for whom, and the life of the comparison from draft to archive.
 *
 * <p>What a start freezes (seed, buckets, journeys' versions, plan) is kept beside the definition, so that later edits
 * cannot change what was promised.
 */
@NullMarked
package dev.microlift.server.experiment;

import org.jspecify.annotations.NullMarked;
