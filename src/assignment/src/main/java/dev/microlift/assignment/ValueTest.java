package dev.microlift.assignment;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled test of one attribute's value: the right side of a condition. */
sealed interface ValueTest {

    boolean accepts(@Nullable Object value);

    /** Accepts nothing: what an operand that makes no sense compiles to. */
    record Nothing() implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return false;
        }
    }

    /** Passes every test. */
    record Every(List<ValueTest> tests) implements ValueTest {
        public Every {
            tests = List.copyOf(tests);
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            for (int i = 0; i < tests.size(); i++) {
                if (!tests.get(i).accepts(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Fails the other test. */
    record Fails(ValueTest test) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return !test.accepts(value);
        }
    }

    /** Implicit equality with text: the value is cast to text first. */
    record CastsToText(String expected, boolean ignoreCase) implements ValueTest {
        public CastsToText {
            expected = ignoreCase ? expected.toLowerCase(Locale.ROOT) : expected;
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            String text = JavaScriptValues.toText(value);
            return expected.equals(ignoreCase ? text.toLowerCase(Locale.ROOT) : text);
        }
    }

    /** Implicit equality with a number: the value is cast to a number first. */
    record CastsToNumber(double expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return JavaScriptValues.toNumber(value) == expected;
        }
    }

    /** Implicit equality with a boolean: whether the value is truthy; a missing value is neither. */
    record CastsToBoolean(boolean expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return value != null && JavaScriptValues.isTruthy(value) == expected;
        }
    }

    /** Implicit equality with a list or an object: the same structure. */
    record SameStructure(Object expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return JavaScriptValues.sameStructure(expected, value);
        }
    }

    /** Same type and same value, without any cast. */
    record StrictlyEquals(@Nullable Object expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return JavaScriptValues.strictlyEqual(expected, value);
        }
    }

    /** Two texts by their UTF-16 code units, everything else as numbers. */
    record Ordered(Comparison comparison, @Nullable Object expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            if (JavaScriptValues.isTextual(expected) && JavaScriptValues.isTextual(value)) {
                return comparison.holds(JavaScriptValues.toText(value).compareTo(JavaScriptValues.toText(expected)));
            }
            return comparison.holds(JavaScriptValues.toNumber(value), JavaScriptValues.toNumber(expected));
        }
    }

    /** The order of versions. */
    record VersionOrdered(Comparison comparison, VersionKey expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return comparison.holds(VersionKey.of(value).compareTo(expected));
        }
    }

    /** One of the values; of a list, at least one element. Keys are made by {@link JavaScriptValues#key}. */
    record OneOf(Set<Object> keys, boolean ignoreCase) implements ValueTest {
        public OneOf {
            keys = Set.copyOf(keys);
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return keys.contains(JavaScriptValues.key(value, ignoreCase));
            }
            for (Object element : list) {
                if (keys.contains(JavaScriptValues.key(element, ignoreCase))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A list in which each test is passed by some element. */
    record HasAll(List<ValueTest> tests) implements ValueTest {
        public HasAll {
            tests = List.copyOf(tests);
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return false;
            }
            for (ValueTest test : tests) {
                if (!anyPasses(list, test)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean anyPasses(List<?> list, ValueTest test) {
            for (Object element : list) {
                if (test.accepts(element)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A list with an element, not null, that passes the test. */
    record HasElement(ValueTest test) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return false;
            }
            for (Object element : list) {
                if (element != null && test.accepts(element)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The value's own attributes fulfil a condition. */
    record Fulfils(Condition condition) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return condition.matches(value);
        }
    }

    /** A list whose length passes the test. */
    record HasSize(ValueTest test) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return value instanceof List<?> list && test.accepts(list.size());
        }
    }

    /** Present, or missing; null is missing. */
    record Exists(boolean expected) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return (value != null) == expected;
        }
    }

    /** Of a JSON type. */
    record HasType(String name) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return JavaScriptValues.typeOf(value).equals(name);
        }
    }

    /** The pattern is found in the value's text. */
    record Contains(RegexEngine.Pattern pattern) implements ValueTest {
        @Override
        public boolean accepts(@Nullable Object value) {
            return pattern.isFoundIn(JavaScriptValues.toText(value));
        }
    }
}
