/// The queues of a day that keep themselves up to date, on a terminal or as a stream.
@NullMarked
package opd.cli.board;

import org.jspecify.annotations.NullMarked;
