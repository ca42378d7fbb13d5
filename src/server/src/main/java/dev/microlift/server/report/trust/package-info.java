/** Whether the data can be believed. Each check is one file: its evidence and how it judges. */
@NullMarked
package dev.microlift.server.report.trust;

import org.jspecify.annotations.NullMarked;
