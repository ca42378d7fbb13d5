package dev.microlift.openfeature;

import com.google.re2j.PatternSyntaxException;
import dev.microlift.assignment.RegexEngine;

/** RE2/J, which matches in linear time whatever the pattern is. */
final class LinearRegex implements RegexEngine {

    @Override
    public Pattern compile(String regex, boolean ignoreCase) throws InvalidRegexException {
        int flags = ignoreCase ? com.google.re2j.Pattern.CASE_INSENSITIVE : 0;
        try {
            com.google.re2j.Pattern pattern = com.google.re2j.Pattern.compile(regex, flags);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException unknown) {
            throw new InvalidRegexException(unknown.getDescription());
        }
    }
}
