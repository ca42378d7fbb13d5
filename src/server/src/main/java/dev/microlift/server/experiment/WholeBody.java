package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Fields;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import java.util.Optional;
import java.util.function.Function;

/** Reads a body that is one object. */
final class WholeBody {

    private WholeBody() {}

    /**
     * What a body says.
     *
     * @throws ProblemException with everything that is wrong with it
     */
    static <T> T read(JsonNode document, Function<Fields, Optional<T>> reader) {
        Faults faults = new Faults();
        Optional<T> read = Fields.read(document, "", faults, reader);
        faults.throwIfAny();
        return read.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_DOCUMENT, "the document is not complete"));
    }

    /** Refuses a body under another thing's address. */
    static void requireKey(String inBody, String inAddress) {
        if (!inBody.equals(inAddress)) {
            throw ProblemException.invalid(
                    new Fault("/key", "immutable", "the key in the body is not the key in the address"));
        }
    }
}
