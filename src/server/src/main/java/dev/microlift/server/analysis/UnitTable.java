package dev.microlift.server.analysis;

/**
 * Where the rows of units stand.
 *
 * @param units table of one row for each unit
 * @param unexposed table of units with steps but without exposure
 * @param strays exposures to variants that the experiment does not have
 * @param position of the log that they hold for
 */
record UnitTable(String units, String unexposed, long strays, long position) {}
