/// How JSON is written as text.
@NullMarked
package opd.json;

import org.jspecify.annotations.NullMarked;
