/// Rows as CSV for spreadsheets and scripts.
@NullMarked
package opd.output.csv;

import org.jspecify.annotations.NullMarked;
