/// Results as tables and sentences for people.
@NullMarked
package opd.output.text;

import org.jspecify.annotations.NullMarked;
