/// Decisions told in sentences, from what the log says of them.
@NullMarked
package opd.story;

import org.jspecify.annotations.NullMarked;
