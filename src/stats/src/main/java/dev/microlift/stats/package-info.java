/**
 * What the numbers mean: every figure of a report, computed from sufficient statistics.
 *
 * <p>Pure functions on Commons Math, without framework and I/O, so that any program can use them and every figure can
 * be checked against an independent reference. Inputs are records of sums and counts; results are records in which a
 * refused figure is null beside the {@link dev.microlift.stats.Reason}. Nothing throws on bad data, and NaN and
 * infinity never come out. All limits are in {@link dev.microlift.stats.Thresholds}.
 *
 * <table>
 * <caption>Which class answers which question</caption>
 * <tr><td>Did a metric move, absolutely, relatively?</td>
 *     <td>{@link dev.microlift.stats.Welch}, {@link dev.microlift.stats.Fieller},
 *     {@link dev.microlift.stats.RatioMetric}, {@link dev.microlift.stats.Cuped}</td></tr>
 * <tr><td>May I look before the end?</td>
 *     <td>{@link dev.microlift.stats.ConfidenceSequence}, {@link dev.microlift.stats.HybridMonitoring},
 *     {@link dev.microlift.stats.SequentialGuardrail}</td></tr>
 * <tr><td>Which step moved the goal, and is more of it worth as much?</td>
 *     <td>{@link dev.microlift.stats.JourneyDecomposition}, {@link dev.microlift.stats.AlwaysReacherBounds},
 *     {@link dev.microlift.stats.IncrementalYield}</td></tr>
 * <tr><td>Which step foretells the goal?</td>
 *     <td>{@link dev.microlift.stats.Association}, {@link dev.microlift.stats.LogisticRegression},
 *     {@link dev.microlift.stats.TrialSurrogacy}, {@link dev.microlift.stats.StepEvidence}</td></tr>
 * <tr><td>How likely is the treatment better?</td>
 *     <td>{@link dev.microlift.stats.BayesBinary}, {@link dev.microlift.stats.BayesMean}</td></tr>
 * <tr><td>How fast, how large, in which segment?</td>
 *     <td>{@link dev.microlift.stats.RestrictedMeanTime}, {@link dev.microlift.stats.QuantileInterval},
 *     {@link dev.microlift.stats.Winsorising}, {@link dev.microlift.stats.CochranQ}</td></tr>
 * <tr><td>Are the data and the verdict to be trusted?</td>
 *     <td>{@link dev.microlift.stats.SampleRatio}, {@link dev.microlift.stats.Multiplicity},
 *     {@link dev.microlift.stats.NonInferiority}</td></tr>
 * <tr><td>How many units will it take?</td>
 *     <td>{@link dev.microlift.stats.Planning}, {@link dev.microlift.stats.JourneyPlan}</td></tr>
 * </table>
 */
@NullMarked
package dev.microlift.stats;

import org.jspecify.annotations.NullMarked;
