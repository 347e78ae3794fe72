/// One connection to PostgreSQL: how it is opened and proved, its transactions, what is tried
/// again, what a fault means, and statements whose text is made once.
@NullMarked
package opd.store.connection;

import org.jspecify.annotations.NullMarked;
