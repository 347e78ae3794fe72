/// The database: connections, transactions, one class of statements for each table, migrations.
/// Every statement goes through the generated jOOQ classes, names no schema, and belongs to a
/// transaction that its caller opened; the count of changed rows is checked every time. The only
/// package that knows jOOQ, Flyway and JDBC. Imports `opd.domain`, `opd.rule`, `opd.audit`,
/// `opd.outcome`, `opd.replay`, `opd.jooq`.
@NullMarked
package opd.store;

import org.jspecify.annotations.NullMarked;
