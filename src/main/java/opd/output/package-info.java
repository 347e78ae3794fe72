/// Shows results: what every format has in common.
@NullMarked
package opd.output;

import org.jspecify.annotations.NullMarked;
