/// Results as JSON, one compact document a line.
@NullMarked
package opd.output.json;

import org.jspecify.annotations.NullMarked;
