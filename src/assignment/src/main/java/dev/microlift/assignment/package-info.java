/**
 * Who gets what: hashing a unit to a bucket, and the buckets to a variant.
 *
 * <p>Pure functions without any dependency, because the server and every SDK must give the same answer.
 */
@NullMarked
package dev.microlift.assignment;

import org.jspecify.annotations.NullMarked;
