/// Reading the audit log: filtered, followed as it grows, and streamed as a whole beside the
/// tables.
@NullMarked
package opd.store.log;

import org.jspecify.annotations.NullMarked;
