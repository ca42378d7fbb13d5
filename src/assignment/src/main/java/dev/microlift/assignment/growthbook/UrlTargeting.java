package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.RegexEngine;
import java.util.List;

/** The pages on which an experiment runs: none of the excluded ones and, if some are included, one of those. */
record UrlTargeting(List<Target> targets) {

    UrlTargeting {
        targets = List.copyOf(targets);
    }

    boolean covers(String url) {
        Address address = Address.of(url);
        boolean covered = !targets.isEmpty() && targets.stream().noneMatch(Target::include);
        for (Target target : targets) {
            if (target.pattern().matches(address)) {
                if (!target.include()) {
                    return false;
                }
                covered = true;
            }
        }
        return covered;
    }

    /**
     * One pattern of pages.
     *
     * @param include whether the experiment runs there, rather than not
     */
    record Target(boolean include, Pattern pattern) {}

    /** Recognises pages. */
    sealed interface Pattern {

        boolean matches(Address address);

        /** A regular expression found in the whole address, or in what comes after the host. */
        record Regex(RegexEngine.Pattern regex) implements Pattern {
            @Override
            public boolean matches(Address address) {
                return regex.isFoundIn(address.text()) || regex.isFoundIn(address.afterHost());
            }
        }

        /** An address with {@code *} for anything; its query may have more parameters, its anchor counts if given. */
        record Simple(Address expected) implements Pattern {
            @Override
            public boolean matches(Address address) {
                return Wildcards.match(expected.host(), address.host())
                        && Wildcards.match(withoutOuterSlashes(expected.path()), withoutOuterSlashes(address.path()))
                        && (expected.anchor().isEmpty() || Wildcards.match(expected.anchor(), address.anchor()))
                        && expected.query().entrySet().stream()
                                .allMatch(parameter -> Wildcards.match(
                                        parameter.getValue(), address.query().getOrDefault(parameter.getKey(), "")));
            }

            private static String withoutOuterSlashes(String path) {
                int from = path.startsWith("/") ? 1 : 0;
                return path.substring(
                        from, path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length());
            }
        }

        /** A pattern that makes no sense matches nothing. */
        record Nothing() implements Pattern {
            @Override
            public boolean matches(Address address) {
                return false;
            }
        }
    }
}
