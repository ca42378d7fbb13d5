package dev.microlift.assignment;

/** A relation of two ordered values. */
enum Comparison {
    LESS,
    LESS_OR_EQUAL,
    EQUAL,
    GREATER_OR_EQUAL,
    GREATER;

    /** Whether the relation holds, given the sign of left minus right. */
    boolean holds(int sign) {
        return holds(sign, 0);
    }

    /** Whether the relation holds; never if one side is not a number. */
    boolean holds(double left, double right) {
        return switch (this) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case EQUAL -> left == right;
            case GREATER_OR_EQUAL -> left >= right;
            case GREATER -> left > right;
        };
    }
}
