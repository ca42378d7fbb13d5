package dev.microlift.assignment;

import com.google.re2j.PatternSyntaxException;

/** RE2/J behind the engine's interface. */
public final class LinearRegex implements RegexEngine {

    @Override
    public Pattern compile(String regex, boolean ignoreCase) throws InvalidRegexException {
        try {
            com.google.re2j.Pattern pattern =
                    com.google.re2j.Pattern.compile(regex, ignoreCase ? com.google.re2j.Pattern.CASE_INSENSITIVE : 0);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new InvalidRegexException(e.getDescription());
        }
    }
}
