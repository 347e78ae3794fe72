/// The statements of each table. Each belongs to a transaction that its caller opened, goes through
/// the generated jOOQ classes and names no schema; the count of changed rows is checked every time.
@NullMarked
package opd.store.table;

import org.jspecify.annotations.NullMarked;
