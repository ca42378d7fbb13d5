package dev.microlift.server.reject;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A reject as it is listed.
 *
 * @param id larger for what was written later
 */
public record StoredReject(long id, @JsonUnwrapped Reject reject) {}
