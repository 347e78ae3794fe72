/// What really happened: days as they went, folded from the entries of the audit log alone, the
/// figures that are counted from them, and how a report is held against the log again. Pure: no
/// clock, no database.
@NullMarked
package opd.report;

import org.jspecify.annotations.NullMarked;
