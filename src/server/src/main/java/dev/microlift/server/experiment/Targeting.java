package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.microlift.assignment.CompiledCondition;
import dev.microlift.assignment.Conditions;
import dev.microlift.assignment.RegexEngine;
import dev.microlift.server.document.Expressions;
import dev.microlift.server.document.PlainValues;

/** Compiles targeting conditions, with RE2 for their regular expressions: its time is linear in the text. */
public final class Targeting {

    private static final RegexEngine RE2 = Targeting::compile;

    private Targeting() {}

    /** The compiled condition with everything that is wrong with it. */
    public static CompiledCondition compile(JsonNode condition) {
        return Conditions.compile(PlainValues.of(condition), RE2);
    }

    private static RegexEngine.Pattern compile(String regex, boolean ignoreCase)
            throws RegexEngine.InvalidRegexException {
        try {
            Pattern pattern = Expressions.compile(regex, ignoreCase);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException invalid) {
            throw new RegexEngine.InvalidRegexException(invalid.getDescription());
        }
    }
}
