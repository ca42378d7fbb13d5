package dev.microlift.assignment;

import java.util.List;

/** Whether arms fit on the grid of buckets. */
public sealed interface LayoutOutcome {

    /** Every arm is wide enough. */
    record Fits(BucketLayout layout) implements LayoutOutcome {}

    /**
     * At least one arm would get fewer than {@link BucketLayout#NARROWEST_ARM} buckets.
     *
     * @param arms all such arms
     */
    record TooNarrow(List<NarrowArm> arms) implements LayoutOutcome {
        public TooNarrow {
            arms = List.copyOf(arms);
        }
    }

    /**
     * An arm that would be too narrow.
     *
     * @param index position of the arm
     * @param width buckets it would get at the requested traffic
     * @param fullWidth buckets it would get at full traffic; if this suffices more traffic helps, otherwise only weight
     */
    record NarrowArm(int index, int width, int fullWidth) {}
}
